//! What this crate says, in two languages.

takeroot_words::speak!($ "web");

/// Says a message in the language of a page's frame: `t!(self, "id", argument = value)`, for templates.
#[allow(unused_macros, reason = "templates use it")]
macro_rules! t {
    ($on:expr, $($rest:tt)*) => { crate::words::say!($on.page.lang, $($rest)*) };
}
#[allow(unused_imports, reason = "templates use it")]
pub(crate) use t;
