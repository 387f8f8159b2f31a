//! Closed lists of the field: each member has a stable code, a Chinese name and an English name.

use takeroot_words::Lang;

/// A closed list whose members have a stable code and a name in both languages.
///
/// The code is what files, policy documents and JSON carry; the names are the field's standard terms.
pub trait Code: Copy + Eq + Sized + 'static {
    /// Every member, in the list's own order.
    const ALL: &'static [Self];

    /// The stable code, lower-case ASCII with hyphens.
    fn code(self) -> &'static str;

    /// The standard Chinese term.
    fn zh(self) -> &'static str;

    /// The English term.
    fn en(self) -> &'static str;

    /// The term in the reader's language.
    fn name(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh(),
            Lang::En => self.en(),
        }
    }

    /// The member with this code, if there is one.
    fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|c| c.code() == code)
    }

    /// The member whose Chinese name this is, spaces ignored, if there is one.
    fn from_zh(name: &str) -> Option<Self> {
        let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
        Self::ALL.iter().copied().find(|c| c.zh() == name)
    }
}

/// Declares a closed list: the enum, its codes and names, [`Code`], `Display` (the code) and serde (the code).
macro_rules! codes {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $code:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u8)]
        pub enum $name { $($(#[$vdoc])* #[doc = concat!($zh, ", ", $en)] $variant),+ }

        impl $crate::code::Code for $name {
            const ALL: &'static [Self] = &[$(Self::$variant),+];
            fn code(self) -> &'static str { match self { $(Self::$variant => $code),+ } }
            fn zh(self) -> &'static str { match self { $(Self::$variant => $zh),+ } }
            fn en(self) -> &'static str { match self { $(Self::$variant => $en),+ } }
        }

        impl $name {
            /// Position in the list, from 0: dense, for tables indexed by it.
            #[inline]
            pub const fn index(self) -> usize { self as usize }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::code::Code::code(*self))
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
                s.serialize_str($crate::code::Code::code(*self))
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
                let code = std::borrow::Cow::<'de, str>::deserialize(d)?;
                <Self as $crate::code::Code>::from_code(&code).ok_or_else(|| {
                    serde::de::Error::unknown_variant(&code, &[$($code),+])
                })
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> { stringify!($name).into() }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({
                    "type": "string",
                    "oneOf": [$({ "const": $code, "title": concat!($zh, " / ", $en) }),+],
                })
            }
        }
    };
}
pub(crate) use codes;
