//! Files in and out: roster workbooks, `.lrmx`, recruitment post tables.

pub mod lrmx;
pub mod posts;
pub mod roster;
mod words;
