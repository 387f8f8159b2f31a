//! The file as it is: a tree that keeps every character of the source.
//!
//! Every part holds its source text (escapes, blanks, quotes and all), so that writing gives back what was read.
//! Meaning is taken from it by [`Element::text`], which resolves escapes and line ends as XML says.

/// A place in a file, from 1; columns count characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line.
    pub line: u32,
    /// Column.
    pub column: u32,
}

impl Position {
    /// The beginning of a file.
    pub const START: Position = Position { line: 1, column: 1 };

    /// The place after a piece of text that begins here.
    #[must_use]
    pub fn after(self, text: &str) -> Position {
        // Photos are long and have few line ends: count by runs, not by characters.
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let Some(last) = text.bytes().rposition(|b| matches!(b, b'\n' | b'\r')) else {
            return Position {
                line: self.line,
                column: self.column.saturating_add(count(text.chars().count())),
            };
        };
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(at, b)| match b {
            b'\n' => true,
            b'\r' => bytes.get(at + 1) != Some(&b'\n'),
            _ => false,
        });
        let tail = text.get(last + 1..).unwrap_or_default();
        Position {
            line: self.line.saturating_add(count(ends.count())),
            column: count(tail.chars().count()).saturating_add(1),
        }
    }
}

/// A part of an element's content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// A child element.
    Element(Element),
    /// Text as it stands in the source, escapes included.
    Text(String),
    /// What stands between `<![CDATA[` and `]]>`.
    CData(String),
    /// A comment or processing instruction, brackets included.
    Markup(String),
}

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Element {
    /// Name.
    pub name: String,
    /// What follows the name in the start tag, as it stands.
    pub(super) attributes: String,
    /// Whether it is written as `<name/>`.
    pub(super) empty_tag: bool,
    /// Blanks between name and `>` in the end tag.
    pub(super) end_gap: String,
    /// Content.
    pub children: Vec<Node>,
    /// Where its start tag begins.
    pub at: Position,
    /// Where its content begins.
    pub inside: Position,
}

impl Element {
    /// A new element that holds text.
    pub fn new(name: &str, text: &str, line_end: &str) -> Element {
        let mut element = Element {
            name: name.to_owned(),
            attributes: String::new(),
            empty_tag: false,
            end_gap: String::new(),
            children: Vec::new(),
            at: Position::START,
            inside: Position::START,
        };
        element.set_text(text, line_end);
        element
    }

    /// The text in it and its children, escapes resolved, line ends as `\n`, blanks kept.
    pub fn raw_text(&self) -> String {
        self.lines().into_iter().map(|(line, _)| line).collect::<Vec<_>>().join("\n")
    }

    /// The text in it without blanks around it.
    pub fn text(&self) -> String {
        self.raw_text().trim().to_owned()
    }

    /// The text by lines, each with where it begins in the file.
    pub fn lines(&self) -> Vec<(String, Position)> {
        let mut walk = Walk { lines: vec![(String::new(), self.inside)], at: self.inside };
        walk.element(self);
        walk.lines
    }

    /// The child elements.
    pub fn elements(&self) -> impl Iterator<Item = &Element> {
        self.children.iter().filter_map(|n| match n {
            Node::Element(e) => Some(e),
            _ => None,
        })
    }

    /// The first child of a name.
    pub fn child(&self, name: &str) -> Option<&Element> {
        self.elements().find(|e| e.name == name)
    }

    /// The first child of a name, to change it.
    pub fn child_mut(&mut self, name: &str) -> Option<&mut Element> {
        self.children.iter_mut().find_map(|n| match n {
            Node::Element(e) if e.name == name => Some(e),
            _ => None,
        })
    }

    /// Whether it holds nothing but text: no attributes, child elements or comments.
    pub fn is_plain(&self) -> bool {
        self.attributes.trim().is_empty()
            && self.children.iter().all(|n| matches!(n, Node::Text(_) | Node::CData(_)))
    }

    /// Puts text in place of its content; left as it is when it already says that. Lines end in `\n`: a `\r` is
    /// kept as a character of the text.
    pub fn set_text(&mut self, text: &str, line_end: &str) {
        let same = self.children.iter().all(|n| matches!(n, Node::Text(_) | Node::CData(_)))
            && self.raw_text() == text;
        if same {
            return;
        }
        self.children.clear();
        if !text.is_empty() {
            self.empty_tag = false;
            self.children.push(Node::Text(escape(text, line_end)));
        }
    }

    /// Writes it as it stands in the source.
    pub fn write(&self, out: &mut String) {
        out.push('<');
        out.push_str(&self.name);
        out.push_str(&self.attributes);
        if self.empty_tag && self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        for node in &self.children {
            match node {
                Node::Element(e) => e.write(out),
                Node::Text(raw) | Node::Markup(raw) => out.push_str(raw),
                Node::CData(inner) => {
                    out.push_str("<![CDATA[");
                    out.push_str(inner);
                    out.push_str("]]>");
                }
            }
        }
        out.push_str("</");
        out.push_str(&self.name);
        out.push_str(&self.end_gap);
        out.push('>');
    }

    /// Its source text.
    pub fn source(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }
}

/// Collects lines of text with their places.
struct Walk {
    lines: Vec<(String, Position)>,
    at: Position,
}

impl Walk {
    fn push(&mut self, text: &str) {
        if let Some((line, _)) = self.lines.last_mut() {
            line.push_str(text);
        }
    }

    fn element(&mut self, element: &Element) {
        for node in &element.children {
            match node {
                Node::Element(e) => {
                    self.at = e.inside;
                    self.element(e);
                    self.at = self.at.after(&format!("</{}{}>", e.name, e.end_gap));
                }
                Node::Text(raw) => self.source(raw, true),
                Node::CData(inner) => {
                    self.at = self.at.after("<![CDATA[");
                    self.source(inner, false);
                    self.at = self.at.after("]]>");
                }
                Node::Markup(raw) => self.at = self.at.after(raw),
            }
        }
    }

    fn source(&mut self, raw: &str, escapes: bool) {
        let mut rest = raw;
        while !rest.is_empty() {
            // Ordinary characters up to the next sign that stands for something else.
            let run = rest.bytes().position(|b| matches!(b, b'&' | b'\r' | b'\n')).unwrap_or(rest.len());
            let (plain, after) = rest.split_at(run);
            self.push(plain);
            self.at = self.at.after(plain);
            let (taken, said) = match after.bytes().next() {
                None => break,
                Some(b'&') if escapes => {
                    match after.split_once(';').and_then(|(r, _)| Some((r, resolve(r.get(1..)?)?))) {
                        Some((reference, said)) => (reference.len() + 1, Some(said)),
                        None => (1, Some('&')),
                    }
                }
                Some(b'&') => (1, Some('&')),
                _ if after.starts_with("\r\n") => (2, None),
                _ => (1, None),
            };
            let (piece, tail) = after.split_at(taken);
            self.at = self.at.after(piece);
            rest = tail;
            match said {
                // A line end written as an escape begins a line of text, though not of the file.
                Some('\n') | None => self.lines.push((String::new(), self.at)),
                Some(c) => self.push(c.encode_utf8(&mut [0; 4])),
            }
        }
    }
}

/// The character that a reference (without `&` and `;`) stands for.
pub(super) fn resolve(reference: &str) -> Option<char> {
    match reference {
        "lt" => Some('<'),
        "gt" => Some('>'),
        "amp" => Some('&'),
        "apos" => Some('\''),
        "quot" => Some('"'),
        _ => {
            let number = reference.strip_prefix('#')?;
            let code = match number.strip_prefix('x') {
                Some(hex) if hex.bytes().all(|b| b.is_ascii_hexdigit()) => {
                    u32::from_str_radix(hex, 16).ok()?
                }
                None if number.bytes().all(|b| b.is_ascii_digit()) => number.parse().ok()?,
                _ => return None,
            };
            char::from_u32(code).filter(|c| is_xml(*c))
        }
    }
}

/// Whether XML 1.0 allows a character.
pub fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// Text as XML source: escapes, the file's line ends; characters that XML forbids are left out.
pub(super) fn escape(text: &str, line_end: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\n' => out.push_str(line_end),
            '\r' => out.push_str("&#13;"),
            c if is_xml(c) => out.push(c),
            _ => {}
        }
    }
    out
}
