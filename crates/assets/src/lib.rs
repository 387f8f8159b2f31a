//! What the program carries for the browser and the printer: styles, scripts, icons, fonts.
//!
//! **What it is for.** An installation runs where there is no outside network, so everything a page or a printed form
//! needs is inside the program. The build bundles `assets/` (see `assets/bundle.mjs`); here it is looked up.
//!
//! **In and out.** [`url`] gives the address of a file by its plain name; the address holds a digest of the content, so
//! that a browser may keep it for a year. [`get`] gives the file behind such an address.
//!
//! **What it must never do.** Read a disk, or name an outside host.

/// A file as it is sent.
#[derive(Clone, Copy, Debug)]
pub struct Asset {
    /// As it is.
    pub bytes: &'static [u8],
    /// Compressed with gzip.
    pub gzip: &'static [u8],
    /// Compressed with brotli.
    pub brotli: &'static [u8],
    /// Its media type, with the character set of text.
    pub mime: &'static str,
    /// Entity tag, in quotes.
    pub etag: &'static str,
}

impl Asset {
    /// The shortest form that a browser takes, by its `Accept-Encoding`, and the name of that encoding; `None` for plain.
    pub fn encoded(&self, accept: &str) -> (&'static [u8], Option<&'static str>) {
        let takes = |wanted: &str| {
            accept.split(',').any(|part| {
                let mut words = part.split(';').map(str::trim);
                let named = words.next().is_some_and(|name| name.eq_ignore_ascii_case(wanted));
                named
                    && !words
                        .any(|word| matches!(word.trim_start_matches("q="), "0" | "0.0" | "0.00" | "0.000"))
            })
        };
        if takes("br") {
            (self.brotli, Some("br"))
        } else if takes("gzip") {
            (self.gzip, Some("gzip"))
        } else {
            (self.bytes, None)
        }
    }
}

struct Entry {
    name: &'static str,
    path: &'static str,
    asset: Asset,
}

include!(concat!(env!("OUT_DIR"), "/bundle/table.rs"));

/// Where assets are served: `/assets/` and then what [`get`] takes.
pub const PLACE: &str = "/assets/";

/// The file behind the last part of an address that [`url`] gave; `None` for any other.
pub fn get(path: &str) -> Option<Asset> {
    ENTRIES.iter().find(|entry| entry.path == path).map(|entry| entry.asset)
}

/// The address of a file by its plain name (`takeroot.css`, `app.js`, `chart.js`, `icons.svg`, `favicon.svg`). A name
/// that is not there is given back as it stands, and its address is not found.
pub fn url(name: &str) -> String {
    let path = ENTRIES.iter().find(|entry| entry.name == name).map_or(name, |entry| entry.path);
    format!("{PLACE}{path}")
}

/// Names of the icons in `icons.svg`.
pub fn icons() -> &'static [&'static str] {
    ICONS
}

/// The serif fonts of printed forms as TrueType: regular, bold.
pub fn serif_fonts() -> Vec<&'static [u8]> {
    SERIF.to_vec()
}
