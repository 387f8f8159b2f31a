//! The binary's own sentences: help texts, headings, summaries.

takeroot_words::speak!($ "takeroot");
