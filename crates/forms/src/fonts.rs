//! The fonts that forms are set in.

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

use crate::Fault;

/// Fonts, and what is known of them.
pub struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) fonts: Vec<Font>,
}

impl Fonts {
    /// The fonts in these files (`.ttf`, `.otf`, `.ttc`): the regular and the bold one of a Chinese serif.
    ///
    /// # Errors
    /// If no font can be read from them.
    pub fn new<F>(files: impl IntoIterator<Item = F>) -> Result<Fonts, Fault>
    where
        F: AsRef<[u8]> + Send + Sync + 'static,
    {
        let fonts: Vec<Font> = files.into_iter().flat_map(|f| Font::iter(Bytes::new(f))).collect();
        if fonts.is_empty() {
            return Err(Fault::NoFont);
        }
        Ok(Fonts { book: LazyHash::new(FontBook::from_fonts(&fonts)), fonts })
    }

    /// The characters of a text that none of the fonts has, each once, in the order of the text. They have to be
    /// written in by hand, and the form says so.
    pub fn lacks(&self, text: &str) -> Vec<char> {
        let mut lacking = Vec::new();
        for c in text.chars() {
            let has = || self.fonts.iter().any(|f| f.info().coverage.contains(u32::from(c)));
            // Marks that choose a shape of the character before them have none of their own.
            let silent =
                matches!(c, '\u{200b}'..='\u{200f}' | '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}');
            if !c.is_control() && !c.is_whitespace() && !silent && !lacking.contains(&c) && !has() {
                lacking.push(c);
            }
        }
        lacking
    }
}
