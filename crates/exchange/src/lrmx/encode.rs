//! A [`Document`] to bytes, in the encoding it was read in.

use super::document::{Document, Encoding};

/// Writes a file. What was read and not changed comes back byte for byte.
///
/// A document in an encoding that lacks one of its characters (𠮷 in a GBK file) is written as UTF-8, and its
/// declaration says so.
pub fn encode(document: &Document) -> Vec<u8> {
    let mut text = document.before.clone();
    document.root.write(&mut text);
    text.push_str(&document.after);
    let mut bytes = Vec::with_capacity(text.len() + 3);
    match document.encoding {
        Encoding::Utf8 => {
            if document.bom {
                bytes.extend_from_slice(b"\xEF\xBB\xBF");
            }
            bytes.extend_from_slice(text.as_bytes());
        }
        Encoding::Utf16Le => utf16(&mut bytes, document.bom, &text, u16::to_le_bytes),
        Encoding::Utf16Be => utf16(&mut bytes, document.bom, &text, u16::to_be_bytes),
        Encoding::Other(named) => {
            let (encoded, _, missing) = named.encode(&text);
            if missing {
                bytes.extend_from_slice(as_utf8(&text).as_bytes());
            } else {
                bytes.extend_from_slice(&encoded);
            }
        }
    }
    bytes
}

fn utf16(bytes: &mut Vec<u8>, bom: bool, text: &str, unit: fn(u16) -> [u8; 2]) {
    if bom {
        bytes.extend_from_slice(&unit(0xFEFF));
    }
    for code in text.encode_utf16() {
        bytes.extend_from_slice(&unit(code));
    }
}

/// The text with a declaration that says UTF-8.
fn as_utf8(text: &str) -> String {
    let body = match text.split_once("?>") {
        Some((head, body)) if head.trim_start().starts_with("<?xml") => body,
        _ => text,
    };
    format!("<?xml version=\"1.0\" encoding=\"utf-8\"?>{body}")
}
