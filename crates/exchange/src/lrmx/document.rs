//! A whole file: encoding, what stands before the root, the root, what stands after it.

use super::fields::{FAMILY, FIELDS, ITEM, ITEM_FIELDS, ROOT, VERSION, order};
use super::tree::{Element, Node, Position};

/// How a file's characters are written as bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Another one, by the name the file states (GBK, GB18030 …).
    Other(&'static encoding_rs::Encoding),
}

/// A `.lrmx` file as it is.
///
/// Elements stay in the order found; unknown and newer ones are kept and written back in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    pub(super) encoding: Encoding,
    pub(super) bom: bool,
    pub(super) before: String,
    /// The root element.
    pub root: Element,
    pub(super) after: String,
    pub(super) line_end: &'static str,
}

impl Document {
    /// An empty form with every usual element, in the usual layout.
    pub fn empty() -> Document {
        let gap = |depth: usize| Node::Text(format!("\r\n{}", "  ".repeat(depth)));
        let mut root = Element::new(ROOT, "", "\r\n");
        for field in FIELDS {
            root.children.push(gap(1));
            let text = if field.tag == "Version" { VERSION } else { "" };
            let mut element = Element::new(field.tag, text, "\r\n");
            if field.tag == FAMILY {
                element.children.push(gap(1));
            }
            root.children.push(Node::Element(element));
        }
        root.children.push(gap(0));
        Document {
            encoding: Encoding::Utf8,
            bom: false,
            before: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n".to_owned(),
            root,
            after: String::new(),
            line_end: "\r\n",
        }
    }

    /// The encoding it was read in and will be written in.
    pub fn encoding(&self) -> Encoding {
        self.encoding
    }

    /// The text of an element of the form without blanks around it; empty when it is not there.
    pub fn text(&self, tag: &str) -> String {
        self.root.child(tag).map(Element::text).unwrap_or_default()
    }

    /// Where an element begins; the root's place when it is not there.
    pub fn at(&self, tag: &str) -> Position {
        self.root.child(tag).map_or(self.root.at, |e| e.inside)
    }

    /// The line end the file uses.
    pub fn line_end(&self) -> &'static str {
        self.line_end
    }

    /// Puts text, its lines ended in any way, into an element, which is added at its usual place when it is not
    /// there.
    pub fn set(&mut self, tag: &str, text: &str) {
        self.put(tag, &text.replace("\r\n", "\n"));
    }

    /// The same with every character kept.
    pub(super) fn put(&mut self, tag: &str, text: &str) {
        let line_end = self.line_end;
        match self.root.child_mut(tag) {
            Some(element) => element.set_text(text, line_end),
            None => self.insert(Element::new(tag, text, line_end)),
        }
    }

    /// Adds an element after those that usually stand before it.
    pub(super) fn insert(&mut self, element: Element) {
        let rank = order(&element.name).unwrap_or(FIELDS.len());
        let before = |n: &Node| match n {
            Node::Element(e) => order(&e.name).is_some_and(|o| o < rank),
            _ => false,
        };
        let at = self.root.children.iter().rposition(before).map_or(0, |at| at + 1);
        let gap = Node::Text(format!("{}  ", self.line_end));
        self.root.children.splice(at..at, [gap, Node::Element(element)]);
    }

    /// The family members, each the texts of its five parts.
    pub fn family(&self) -> Vec<[String; 5]> {
        let Some(family) = self.root.child(FAMILY) else {
            return Vec::new();
        };
        family
            .elements()
            .filter(|e| e.name == ITEM)
            .map(|item| ITEM_FIELDS.map(|f| item.child(f.tag).map(Element::text).unwrap_or_default()))
            .collect()
    }

    /// Puts family members in place of those there; elements of a member that the form does not know stay with
    /// the member of the same place and name.
    pub fn set_family(&mut self, members: &[[String; 5]]) {
        if self.family() == members {
            return;
        }
        let line_end = self.line_end;
        if self.root.child(FAMILY).is_none() {
            self.insert(Element::new(FAMILY, "", line_end));
        }
        let Some(family) = self.root.child_mut(FAMILY) else {
            return;
        };
        let old: Vec<Element> = family.elements().filter(|e| e.name == ITEM).cloned().collect();
        let others: Vec<Node> = family
            .children
            .iter()
            .filter(|n| match n {
                Node::Element(e) => e.name != ITEM,
                Node::Markup(_) => true,
                Node::Text(t) => !t.trim().is_empty(),
                Node::CData(_) => true,
            })
            .cloned()
            .collect();
        family.children.clear();
        family.empty_tag = false;
        let gap = |depth: usize| Node::Text(format!("{line_end}{}", "  ".repeat(depth)));
        for member in members {
            let name = member.get(1).cloned().unwrap_or_default();
            let kept = old.iter().find(|o| o.child("XingMing").map(Element::text).is_some_and(|n| n == name));
            let mut item = kept.cloned().unwrap_or_else(|| {
                let mut item = Element::new(ITEM, "", line_end);
                for field in ITEM_FIELDS {
                    item.children.push(gap(3));
                    item.children.push(Node::Element(Element::new(field.tag, "", line_end)));
                }
                item.children.push(gap(2));
                item
            });
            for (field, text) in ITEM_FIELDS.iter().zip(member) {
                match item.child_mut(field.tag) {
                    Some(part) if part.text() == *text => {}
                    Some(part) => part.set_text(text, line_end),
                    None => item.children.push(Node::Element(Element::new(field.tag, text, line_end))),
                }
            }
            family.children.push(gap(2));
            family.children.push(Node::Element(item));
        }
        for other in others {
            family.children.push(gap(2));
            family.children.push(other);
        }
        family.children.push(gap(1));
    }
}
