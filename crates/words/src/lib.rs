//! The two languages, and how a crate speaks in them.
//!
//! Every sentence that a person reads is a Fluent message in `i18n/zh/CRATE.ftl` and `i18n/en/CRATE.ftl` of the
//! crate that says it, so that translators have ordinary files. [`speak!`] makes the crate's two loaders; the
//! crate then says `fl!(loader(lang), "id", argument = value)`, and an unknown id or a wrong argument is a
//! compiler error. The compiler looks at the English file; `tests/words.rs` of the workspace holds the Chinese
//! file to the same messages and arguments.
//!
//! Names that belong to the field (ranks, organs, grades) are not here: they stand with their codes in
//! `takeroot-civil`. Titles and clause texts of policies are data and stand in their documents.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;

pub use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed::{I18nAssets, LanguageLoader};

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// Chinese: what users work in.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both.
    pub const ALL: [Lang; 2] = [Lang::Zh, Lang::En];

    /// `zh` or `en`.
    pub const fn code(self) -> &'static str {
        match self {
            Lang::Zh => "zh",
            Lang::En => "en",
        }
    }

    /// One of two texts.
    pub fn pick<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Lang {
    type Err = String;
    fn from_str(text: &str) -> Result<Lang, String> {
        match text.to_ascii_lowercase().as_str() {
            "zh" | "zh-cn" | "zh_cn" | "cn" => Ok(Lang::Zh),
            "en" | "en-us" | "en_us" => Ok(Lang::En),
            _ => Err(format!("{text:?} is neither zh nor en")),
        }
    }
}

/// Something that can be said in either language.
pub trait Say {
    /// The sentence, without a full stop at the end of fragments.
    fn say(&self, lang: Lang) -> String;
}

/// The one Fluent file of a language.
struct Text {
    path: String,
    text: &'static str,
}

impl I18nAssets for Text {
    fn get_files(&self, path: &str) -> Vec<Cow<'_, [u8]>> {
        if path == self.path { vec![Cow::Borrowed(self.text.as_bytes())] } else { Vec::new() }
    }

    fn filenames_iter(&self) -> Box<dyn Iterator<Item = String> + '_> {
        Box::new(std::iter::once(self.path.clone()))
    }
}

/// A loader that speaks one language. Used through [`speak!`].
///
/// # Panics
/// If `text` is not a Fluent file: it is part of the binary, and a test loads every one.
#[doc(hidden)]
#[expect(clippy::panic, reason = "the text is compiled in; every file is loaded by a test")]
pub fn loader(domain: &'static str, lang: Lang, text: &'static str) -> FluentLanguageLoader {
    let id: unic_langid::LanguageIdentifier = match lang {
        Lang::Zh => unic_langid::langid_zh(),
        Lang::En => unic_langid::langid_en(),
    };
    let loader = FluentLanguageLoader::new(domain, id.clone());
    let asset = Text { path: format!("{}/{domain}.ftl", lang.code()), text };
    if let Err(error) = loader.load_languages(&asset, std::slice::from_ref(&id)) {
        panic!("{domain}.ftl ({lang}): {error}");
    }
    // Otherwise invisible direction marks surround every number.
    loader.set_use_isolating(false);
    loader
}

mod unic_langid {
    pub use ::unic_langid::LanguageIdentifier;

    pub fn langid_zh() -> LanguageIdentifier {
        parse("zh")
    }

    pub fn langid_en() -> LanguageIdentifier {
        parse("en")
    }

    fn parse(tag: &str) -> LanguageIdentifier {
        tag.parse().unwrap_or_default()
    }
}

/// Gives a crate its two loaders and its `say!`: `speak!($ "exchange")`, in the crate's module `words`, defines
/// `loader(lang)` over `i18n/zh/exchange.ftl` and `i18n/en/exchange.ftl` of the crate. (The `$` lets this macro
/// define another.) The crate needs an `i18n.toml` that names the same domain, and `i18n-embed-fl`.
#[macro_export]
#[allow(
    clippy::crate_in_macro_def,
    reason = "the path is meant to be the calling crate's: it holds the texts"
)]
macro_rules! speak {
    ($d:tt $domain:literal) => {
        /// The crate's sentences in a language.
        pub(crate) fn loader(lang: $crate::Lang) -> &'static $crate::FluentLanguageLoader {
            use std::sync::LazyLock;
            static ZH: LazyLock<$crate::FluentLanguageLoader> = LazyLock::new(|| {
                let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/i18n/zh/", $domain, ".ftl"));
                $crate::loader($domain, $crate::Lang::Zh, text)
            });
            static EN: LazyLock<$crate::FluentLanguageLoader> = LazyLock::new(|| {
                let text = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/i18n/en/", $domain, ".ftl"));
                $crate::loader($domain, $crate::Lang::En, text)
            });
            match lang {
                $crate::Lang::Zh => &ZH,
                $crate::Lang::En => &EN,
            }
        }

        /// Says a message of this crate: `say!(lang, "id", argument = value)`; checked by the compiler.
        #[allow(unused_macros, reason = "a crate may not yet say anything")]
        macro_rules! say {
            ($d lang:expr, $d($d rest:tt)*) => { i18n_embed_fl::fl!(crate::words::loader($d lang), $d($d rest)*) };
        }
        #[allow(unused_imports, reason = "a crate may not yet say anything")]
        pub(crate) use say;
    };
}
