//! Rich text: what of HTML may be shown, as pieces of which a view makes elements, one by one.
//!
//! This is an allow-list and no sanitizer: what it does not name is never made, and what it makes is
//! told by enum, never by a text of somebody else. It reads any text once, from the beginning to the
//! end; what is no markup of ours is text. The server keeps a smaller and cleaner form of HTML than this
//! would understand, but other servers are not ours.

/// A piece of rich text. Each `Open` has its `Close`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    Text(String),
    Break,
    /// The name of an element.
    Open(&'static str),
    /// A link to a checked address.
    Link(String),
    Close,
}

/// The elements that hold others, with those that stand for them.
const ELEMENTS: [(&str, &str); 12] = [
    ("p", "p"),
    ("div", "div"),
    ("b", "b"),
    ("strong", "b"),
    ("i", "i"),
    ("em", "i"),
    ("code", "code"),
    ("pre", "pre"),
    ("ul", "ul"),
    ("ol", "ol"),
    ("li", "li"),
    ("blockquote", "blockquote"),
];

/// What is nested more deeply than this is shown without its element.
const DEEPEST: usize = 24;
/// Bytes of a tag or of an address in a text. Nothing longer is taken for one, so that a hostile text
/// costs no more than its length.
const LONGEST: usize = 2_048;

/// The pieces of HTML; `None` when it has nothing but paragraphs, which its text shows as well.
#[must_use]
pub fn read(html: &str) -> Option<Vec<Piece>> {
    let mut reader = Reader::default();
    let mut rest = html;
    while let Some((text, behind)) = rest.split_once('<') {
        reader.text(text);
        rest = match tag(behind) {
            Some((inside, after)) => {
                reader.tag(inside);
                after
            }
            None => {
                reader.text("<");
                behind
            }
        };
    }
    reader.text(rest);
    while reader.open.pop().is_some() {
        reader.pieces.push(Piece::Close);
    }
    reader.is_rich.then_some(reader.pieces)
}

/// The inside of a tag, without its angles, and what follows; `None` for what is no tag. An angle
/// between quotes does not end it.
fn tag(behind: &str) -> Option<(&str, &str)> {
    let first = behind.bytes().next()?;
    if !first.is_ascii_alphabetic() && first != b'/' && first != b'!' {
        return None;
    }
    let mut quote = 0;
    for (at, byte) in behind.bytes().enumerate().take(LONGEST) {
        match byte {
            b'>' if quote == 0 => return Some((behind.get(..at)?, behind.get(at + 1..)?)),
            b'"' | b'\'' if quote == 0 => quote = byte,
            _ if byte == quote => quote = 0,
            _ => {}
        }
    }
    None
}

#[derive(Default)]
struct Reader {
    pieces: Vec<Piece>,
    open: Vec<&'static str>,
    is_rich: bool,
}

impl Reader {
    fn text(&mut self, text: &str) {
        // What stands between blocks is the layout of the HTML.
        let holds_blocks =
            self.open.last().is_none_or(|open| matches!(*open, "ul" | "ol" | "blockquote" | "div"));
        if text.is_empty() || (holds_blocks && text.trim().is_empty()) {
            return;
        }
        let text = unescaped(text);
        match self.pieces.last_mut() {
            Some(Piece::Text(before)) => before.push_str(&text),
            _ => self.pieces.push(Piece::Text(text)),
        }
    }

    fn tag(&mut self, inside: &str) {
        let (is_end, inside) = match inside.strip_prefix('/') {
            Some(inside) => (true, inside),
            None => (false, inside),
        };
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let (name, attributes) = inside.split_at(end);
        if is_end {
            return self.close(known(name).unwrap_or(if is(name, "a") { "a" } else { "" }));
        }
        if is(name, "br") {
            self.pieces.push(Piece::Break);
        } else if self.open.len() >= DEEPEST {
        } else if is(name, "a") {
            self.close("a");
            if let Some(address) = href(attributes).filter(|address| is_safe(address)) {
                self.is_rich = true;
                self.open.push("a");
                self.pieces.push(Piece::Link(address));
            }
        } else if let Some(name) = known(name) {
            self.is_rich |= !matches!(name, "p" | "div");
            self.open.push(name);
            self.pieces.push(Piece::Open(name));
        }
    }

    /// Closes an element and all that is open in it.
    fn close(&mut self, name: &str) {
        let Some(at) = self.open.iter().rposition(|open| *open == name) else { return };
        for _ in self.open.drain(at..) {
            self.pieces.push(Piece::Close);
        }
    }
}

fn is(name: &str, other: &str) -> bool {
    name.eq_ignore_ascii_case(other)
}

fn known(name: &str) -> Option<&'static str> {
    ELEMENTS.iter().find(|(known, _)| is(name, known)).map(|(_, element)| *element)
}

/// The address in the attributes of a link.
fn href(attributes: &str) -> Option<String> {
    let (_, behind) = attributes.split_once("href=")?;
    let quote = behind.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
    behind.split(quote).nth(1).map(unescaped)
}

/// Whether a link may lead there: to a page or a mailbox, and not to a page that passes for another one
/// by a name before an `@`.
#[must_use]
pub fn is_safe(address: &str) -> bool {
    if address.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') {
        return false;
    }
    let Some((scheme, rest)) = address.split_once(':') else { return false };
    if is(scheme, "mailto") {
        return rest.contains('@');
    }
    let host = rest.strip_prefix("//").and_then(|rest| rest.split(['/', '?', '#']).next());
    (is(scheme, "https") || is(scheme, "http"))
        && host.is_some_and(|host| !host.is_empty() && !host.contains('@'))
}

/// An address as it is shown beside a link whose words are others; `None` when the words tell it.
#[must_use]
pub fn untold<'a>(words: &str, address: &'a str) -> Option<&'a str> {
    let told = bare(address);
    let says = bare(words.trim());
    (!says.eq_ignore_ascii_case(told)).then_some(told)
}

/// An address without its scheme and the slash at its end.
fn bare(address: &str) -> &str {
    let address = address.strip_suffix('/').unwrap_or(address);
    ["https://", "http://", "mailto:"]
        .into_iter()
        .find_map(|scheme| address.strip_prefix(scheme))
        .unwrap_or(address)
}

/// Splits a text at the addresses of pages in it: text and address, in turns, beginning with text.
#[must_use]
pub fn links(text: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut begin, mut from) = (0, 0);
    while let Some(at) = text.get(from..).and_then(|rest| rest.find("http")) {
        let at = from + at;
        let address = address_at(text, at);
        from = at + address.len().max(4);
        if !address.is_empty() {
            parts.push(text.get(begin..at).unwrap_or(""));
            parts.push(address);
            begin = from;
        }
    }
    parts.push(text.get(begin..).unwrap_or(""));
    parts
}

/// The address that begins there, without the stop at the end of a sentence; empty if there is none.
fn address_at(text: &str, at: usize) -> &str {
    let rest = text.get(at..).unwrap_or("");
    let rest = rest.get(..rest.floor_char_boundary(LONGEST)).unwrap_or("");
    let inside = text.get(..at).and_then(|before| before.chars().next_back());
    let end = rest.find(|c: char| c.is_whitespace() || "<>\"".contains(c)).unwrap_or(rest.len());
    let mut address = rest.get(..end).unwrap_or("");
    loop {
        let opens = address.contains('(');
        let shorter =
            address.trim_end_matches(|c: char| ".,;:!?'…".contains(c) || (c == ')' && !opens));
        if shorter.len() == address.len() {
            break;
        }
        address = shorter;
    }
    let is_word = inside.is_some_and(char::is_alphanumeric);
    if !is_word && is_safe(address) { address } else { "" }
}

/// Reads the entities of a text.
fn unescaped(text: &str) -> String {
    let mut parts = text.split('&');
    let mut whole = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let read = part.split_once(';').and_then(|(name, rest)| Some((entity(name)?, rest)));
        match read {
            Some((c, rest)) => {
                whole.push(c);
                whole.push_str(rest);
            }
            None => {
                whole.push('&');
                whole.push_str(part);
            }
        }
    }
    whole
}

fn entity(name: &str) -> Option<char> {
    Some(match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "nbsp" => '\u{a0}',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)?
        }
    })
}

#[cfg(test)]
mod tests;
