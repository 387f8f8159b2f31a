//! What this crate says, in two languages.

takeroot_words::speak!($ "report");
