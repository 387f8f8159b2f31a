//! Bytes to a [`Document`].
//!
//! Limits: 32 MiB of text, 200,000 elements, 32 levels. DOCTYPE is refused and only XML's five own entities and
//! character numbers are known, so nothing outside the file is ever asked for. Nothing panics on any bytes.

use quick_xml::Reader;
use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::{BytesStart, Event};

use super::document::{Document, Encoding};
use super::fault::{Fault, FaultCode, FileFault};
use super::fields::ROOT;
use super::tree::{Element, Node, Position, resolve};

/// Largest file in bytes.
pub const MAX_BYTES: usize = 32 << 20;
/// Most parts (elements, texts, comments).
pub const MAX_NODES: usize = 200_000;
/// Deepest nesting.
pub const MAX_DEPTH: usize = 32;

/// Reads a file.
///
/// # Errors
/// Why it cannot be read, with the place.
pub fn decode(bytes: &[u8]) -> Result<Document, FileFault> {
    if bytes.is_empty() {
        return Err(Fault::new(FaultCode::Empty, ""));
    }
    if bytes.len() > MAX_BYTES {
        let limit = format!("{} MiB", MAX_BYTES >> 20);
        return Err(Fault::new(FaultCode::TooLarge, &format!("{} MiB", bytes.len() >> 20)).expected(limit));
    }
    let (encoding, bom, text) = to_text(bytes)?;
    parse(encoding, bom, &text)
}

/// Finds the encoding and turns the bytes into characters.
fn to_text(bytes: &[u8]) -> Result<(Encoding, bool, String), Fault> {
    if let Some(rest) = bytes.strip_prefix(b"\xEF\xBB\xBF") {
        return Ok((Encoding::Utf8, true, utf8(rest)?));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFF\xFE") {
        return Ok((Encoding::Utf16Le, true, utf16(rest, u16::from_le_bytes)?));
    }
    if let Some(rest) = bytes.strip_prefix(b"\xFE\xFF") {
        return Ok((Encoding::Utf16Be, true, utf16(rest, u16::from_be_bytes)?));
    }
    // A form begins with an ASCII character, so a zero beside it tells UTF-16 without a mark.
    if matches!(bytes, [1..=255, 0, ..]) {
        return Ok((Encoding::Utf16Le, false, utf16(bytes, u16::from_le_bytes)?));
    }
    if matches!(bytes, [0, 1..=255, ..]) {
        return Ok((Encoding::Utf16Be, false, utf16(bytes, u16::from_be_bytes)?));
    }
    let Some(label) = declared(bytes) else {
        return Ok((Encoding::Utf8, false, utf8(bytes)?));
    };
    let Some(named) = encoding_rs::Encoding::for_label(label.as_bytes()) else {
        return Err(Fault::new(FaultCode::UnknownEncoding, &label).at(Position::START));
    };
    // A declaration that can be read byte by byte is not UTF-16, whatever it says: some writers print a string
    // with "utf-16" in it as UTF-8.
    if named == encoding_rs::UTF_8 || named == encoding_rs::UTF_16LE || named == encoding_rs::UTF_16BE {
        return Ok((Encoding::Utf8, false, utf8(bytes)?));
    }
    match named.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok((Encoding::Other(named), false, text.into_owned())),
        None => Err(Fault::new(FaultCode::Encoding, "").expected(named.name()).at(bad_place(named, bytes))),
    }
}

/// Where the first character that cannot be read stands.
fn bad_place(named: &'static encoding_rs::Encoding, bytes: &[u8]) -> Position {
    let (text, _) = named.decode_without_bom_handling(bytes);
    let good = text.split('\u{FFFD}').next().unwrap_or_default();
    Position::START.after(good)
}

fn utf8(bytes: &[u8]) -> Result<String, Fault> {
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(text.to_owned()),
        Err(error) => {
            let (good, bad) = bytes.split_at(error.valid_up_to());
            let found: Vec<String> = bad.iter().take(2).map(|b| format!("{b:02X}")).collect();
            let at = Position::START.after(std::str::from_utf8(good).unwrap_or_default());
            Err(Fault::new(FaultCode::Encoding, &found.join(" ")).expected("UTF-8").at(at))
        }
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, Fault> {
    let (pairs, odd) = bytes.as_chunks::<2>();
    let mut text = String::with_capacity(bytes.len());
    for decoded in char::decode_utf16(pairs.iter().map(|p| unit(*p))) {
        match decoded {
            Ok(c) => text.push(c),
            Err(bad) => {
                let found = format!("{:04X}", bad.unpaired_surrogate());
                let at = Position::START.after(&text);
                return Err(Fault::new(FaultCode::Encoding, &found).expected("UTF-16").at(at));
            }
        }
    }
    match odd.first() {
        None => Ok(text),
        Some(byte) => {
            let at = Position::START.after(&text);
            Err(Fault::new(FaultCode::Encoding, &format!("{byte:02X}")).expected("UTF-16").at(at))
        }
    }
}

/// The encoding named by `<?xml … encoding="…"?>`, if the bytes begin with that.
fn declared(bytes: &[u8]) -> Option<String> {
    let start = bytes.iter().position(|b| !b.is_ascii_whitespace())?;
    let head = bytes.get(start..)?.strip_prefix(b"<?xml")?;
    let end = head.iter().take(512).position(|b| *b == b'>')?;
    let head = std::str::from_utf8(head.get(..end)?).ok()?;
    let rest = head.split_once("encoding")?.1.trim_start().strip_prefix('=')?.trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.get(1..)?.split_once(quote).map(|(label, _)| label.trim().to_owned())
}

/// Reads on through the text, keeping the place.
struct Cursor<'t> {
    text: &'t str,
    offset: usize,
    at: Position,
}

impl<'t> Cursor<'t> {
    /// The source up to an offset, and the place where it began.
    fn take(&mut self, to: u64) -> (&'t str, Position) {
        let to = usize::try_from(to).unwrap_or(usize::MAX);
        let piece = self.text.get(self.offset..to).unwrap_or_default();
        let began = self.at;
        self.at = began.after(piece);
        self.offset += piece.len();
        (piece, began)
    }

    fn place(&self, offset: u64) -> Position {
        let to = usize::try_from(offset).unwrap_or(usize::MAX).min(self.text.len());
        self.text.get(self.offset..to).map_or(self.at, |t| self.at.after(t))
    }
}

/// Builds the tree.
struct Builder {
    open: Vec<Element>,
    root: Option<Element>,
    before: String,
    after: String,
    nodes: usize,
}

impl Builder {
    fn add(&mut self, node: Node, at: Position) -> Result<(), Fault> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            let found = format!("> {MAX_NODES}");
            return Err(Fault::new(FaultCode::TooLarge, &found).expected(MAX_NODES.to_string()).at(at));
        }
        let Some(parent) = self.open.last_mut() else {
            return self.outside(node, at);
        };
        // References are events of their own; text around them is one text.
        if let (Node::Text(more), Some(Node::Text(text))) = (&node, parent.children.last_mut()) {
            text.push_str(more);
            return Ok(());
        }
        parent.children.push(node);
        Ok(())
    }

    fn outside(&mut self, node: Node, at: Position) -> Result<(), Fault> {
        let side = if self.root.is_some() { &mut self.after } else { &mut self.before };
        match node {
            Node::Text(text) if text.trim().is_empty() => side.push_str(&text),
            Node::Markup(text) => side.push_str(&text),
            Node::Text(text) | Node::CData(text) => {
                let code = if self.root.is_some() { FaultCode::SecondRoot } else { FaultCode::NotXml };
                return Err(Fault::new(code, text.trim()).at(at));
            }
            Node::Element(element) => {
                if self.root.is_some() {
                    return Err(Fault::new(FaultCode::SecondRoot, &format!("<{}>", element.name)).at(at));
                }
                self.root = Some(element);
            }
        }
        Ok(())
    }

    fn start(
        &mut self,
        tag: &BytesStart<'_>,
        source: &str,
        at: Position,
        empty: bool,
    ) -> Result<Element, Fault> {
        let name = tag.name().as_ref().to_owned();
        if self.open.is_empty() && self.root.is_some() {
            return Err(Fault::new(FaultCode::SecondRoot, &format!("<{name}>")).at(at));
        }
        if self.open.is_empty() && name != ROOT {
            return Err(Fault::new(FaultCode::WrongRoot, &format!("<{name}>"))
                .expected(format!("<{ROOT}>"))
                .at(at));
        }
        if self.open.len() >= MAX_DEPTH {
            return Err(Fault::new(FaultCode::TooDeep, &format!("<{name}>"))
                .expected(MAX_DEPTH.to_string())
                .at(at));
        }
        let named = name.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_' || c == ':')
            && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.' | '·'));
        let sound = tag.attributes().all(|a| a.is_ok());
        let close = if empty { "/>" } else { ">" };
        let attributes = source
            .strip_prefix('<')
            .and_then(|s| s.strip_prefix(name.as_str()))
            .and_then(|s| s.strip_suffix(close));
        let (true, true, Some(attributes)) = (named, sound, attributes) else {
            return Err(Fault::new(FaultCode::Malformed, source).at(at));
        };
        Ok(Element {
            name,
            attributes: attributes.to_owned(),
            empty_tag: empty,
            end_gap: String::new(),
            children: Vec::new(),
            at,
            inside: at.after(source),
        })
    }

    fn end(&mut self, source: &str, at: Position) -> Result<(), Fault> {
        let Some(mut element) = self.open.pop() else {
            return Err(Fault::new(FaultCode::Malformed, source).at(at));
        };
        let gap = source
            .strip_prefix("</")
            .and_then(|s| s.strip_prefix(element.name.as_str()))
            .and_then(|s| s.strip_suffix('>'))
            .unwrap_or_default();
        element.end_gap = gap.to_owned();
        self.add(Node::Element(element), at)
    }
}

fn parse(encoding: Encoding, bom: bool, text: &str) -> Result<Document, Fault> {
    let first = text.trim_start();
    if first.is_empty() {
        return Err(Fault::new(FaultCode::Empty, ""));
    }
    if !first.starts_with('<') {
        return Err(
            Fault::new(FaultCode::NotXml, first.lines().next().unwrap_or_default()).at(Position::START)
        );
    }
    let mut reader = Reader::from_str(text);
    let mut cursor = Cursor { text, offset: 0, at: Position::START };
    let mut built =
        Builder { open: Vec::new(), root: None, before: String::new(), after: String::new(), nodes: 0 };
    loop {
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                return Err(syntax(&error, cursor.place(reader.error_position()), &built));
            }
        };
        let (source, at) = cursor.take(reader.buffer_position());
        match event {
            Event::Start(tag) => {
                let element = built.start(&tag, source, at, false)?;
                built.open.push(element);
            }
            Event::Empty(tag) => {
                let element = built.start(&tag, source, at, true)?;
                built.add(Node::Element(element), at)?;
            }
            Event::End(_) => built.end(source, at)?,
            Event::Text(_) => built.add(Node::Text(source.to_owned()), at)?,
            Event::GeneralRef(reference) => {
                if resolve(&reference).is_none() {
                    return Err(Fault::new(FaultCode::BadEntity, source).at(at));
                }
                built.add(Node::Text(source.to_owned()), at)?;
            }
            Event::CData(_) => {
                let inner = source.strip_prefix("<![CDATA[").and_then(|s| s.strip_suffix("]]>"));
                built.add(Node::CData(inner.unwrap_or_default().to_owned()), at)?;
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {
                built.add(Node::Markup(source.to_owned()), at)?
            }
            Event::DocType(_) => return Err(Fault::new(FaultCode::Doctype, source).at(at)),
            Event::Eof => break,
        }
    }
    if let Some(open) = built.open.last() {
        let missing = format!("</{}>", open.name);
        return Err(Fault::new(FaultCode::Truncated, "").expected(missing).at(cursor.at));
    }
    let Some(root) = built.root else {
        return Err(Fault::new(FaultCode::Truncated, "").expected(format!("<{ROOT}>")).at(cursor.at));
    };
    let newline = text.find('\n');
    let crlf = newline.is_none_or(|at| at > 0 && text.as_bytes().get(at - 1) == Some(&b'\r'));
    let line_end = if crlf { "\r\n" } else { "\n" };
    Ok(Document { encoding, bom, before: built.before, root, after: built.after, line_end })
}

/// What the reader of tags complains of.
fn syntax(error: &Error, at: Position, built: &Builder) -> Fault {
    let open = built.open.last().map(|e| format!("</{}>", e.name)).unwrap_or_default();
    match error {
        Error::Syntax(quick_xml::errors::SyntaxError::InvalidBangMarkup) => {
            Fault::new(FaultCode::Malformed, "<!").at(at)
        }
        Error::Syntax(_) => Fault::new(FaultCode::Truncated, "").expected(open).at(at),
        Error::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
            Fault::new(FaultCode::Malformed, &format!("</{found}>")).expected(format!("</{expected}>")).at(at)
        }
        Error::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
            Fault::new(FaultCode::Malformed, &format!("</{found}>")).at(at)
        }
        Error::IllFormed(IllFormedError::UnclosedReference) => Fault::new(FaultCode::BadEntity, "&").at(at),
        other => Fault::new(FaultCode::Malformed, &other.to_string()).at(at),
    }
}
