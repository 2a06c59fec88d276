//! Writes the small form and the plain text, side by side.
//!
//! What is open is only noted at first. When text comes, what was written is closed as far as it is not
//! open any more, and what is not written yet is opened: so nothing empty is written, and everything
//! that was opened is closed.

use super::{Rich, link, tag::Tag};

/// Lists and quotes within each other. What would be deeper stands in the deepest one.
const DEEPEST: usize = 8;

/// Something open. The number tells it from others of its kind.
#[derive(Clone, Debug)]
struct Open {
    number: u32,
    tag: Tag,
    /// Where its text began.
    from: usize,
    /// Items of a list so far.
    items: usize,
}

#[derive(Debug, Default)]
pub(super) struct Writer {
    blocks: Vec<Open>,
    inline: Vec<Open>,
    written: Vec<Open>,
    numbers: u32,
    html: String,
    text: String,
    /// White space came, which counts when text follows on the same line.
    blank: bool,
    breaks: usize,
    /// Nothing stands on the line yet.
    begins: bool,
    /// There is more in it than paragraphs.
    rich: bool,
}

impl Writer {
    fn open(&mut self, tag: Tag) -> Open {
        self.numbers = self.numbers.wrapping_add(1);
        Open { number: self.numbers, tag, from: 0, items: 0 }
    }

    /// Begins a bold part, a link …; a link ends the one before.
    pub(super) fn open_inline(&mut self, tag: Tag) {
        if matches!(tag, Tag::Link(_)) {
            self.close_inline("a");
        }
        if self.inline.iter().all(|open| open.tag != tag) {
            let open = self.open(tag);
            self.inline.push(open);
        }
    }

    pub(super) fn close_inline(&mut self, name: &str) {
        if let Some(at) = self.inline.iter().rposition(|open| open.tag.name() == name) {
            self.inline.remove(at);
        }
    }

    /// Begins a block; a paragraph before it ends.
    pub(super) fn open_block(&mut self, tag: Tag) {
        self.end_paragraph();
        if tag.is_container() {
            // Items are not counted: whether they were written or are only meant, the depth is the same.
            let within = self.blocks.iter().filter(|open| open.tag != Tag::Item).count();
            if within >= DEEPEST {
                return;
            }
            self.need_item();
        }
        let open = self.open(tag);
        self.blocks.push(open);
    }

    pub(super) fn open_item(&mut self) {
        self.close_item();
        if !self.blocks.last().is_some_and(|open| open.tag.is_list()) {
            self.open_block(Tag::List);
        }
        self.need_item();
    }

    /// Ends the item of the innermost list.
    pub(super) fn close_item(&mut self) {
        self.end_paragraph();
        let list = self.blocks.iter().rposition(|open| open.tag.is_list());
        let item = self.blocks.iter().rposition(|open| open.tag == Tag::Item);
        if let Some(item) = item.filter(|item| Some(*item) > list) {
            self.blocks.truncate(item);
        }
    }

    /// Ends the innermost list or quote, with what is open in it.
    pub(super) fn close_container(&mut self, is: fn(&Tag) -> bool) {
        self.end_paragraph();
        if let Some(at) = self.blocks.iter().rposition(|open| is(&open.tag)) {
            self.blocks.truncate(at);
        }
    }

    pub(super) fn end_paragraph(&mut self) {
        if self.blocks.last().is_some_and(|open| open.tag.is_paragraph()) {
            self.blocks.pop();
        }
        self.breaks = 0;
        self.blank = false;
    }

    pub(super) fn line_break(&mut self) {
        self.breaks += 1;
        self.blank = false;
    }

    /// A list holds items and nothing else.
    fn need_item(&mut self) {
        if self.blocks.last().is_some_and(|open| open.tag.is_list()) {
            let item = self.open(Tag::Item);
            self.blocks.push(item);
        }
    }

    pub(super) fn text(&mut self, text: &str) {
        let verbatim = self.blocks.last().is_some_and(|open| open.tag == Tag::Pre);
        for c in text.chars().filter(|c| !c.is_control() || c.is_ascii_whitespace()) {
            match c {
                '\n' if verbatim => self.line_break(),
                '\r' | '\x0c' if verbatim => {}
                c if c.is_ascii_whitespace() && !verbatim => self.blank = true,
                c => self.letter(c),
            }
        }
    }

    fn letter(&mut self, c: char) {
        self.catch_up();
        let breaks = std::mem::take(&mut self.breaks);
        if !self.begins {
            let verbatim = self.written.iter().any(|open| open.tag == Tag::Pre);
            let most = if verbatim { breaks } else { breaks.min(2) };
            for _ in 0..most {
                self.html.push_str(if verbatim { "\n" } else { "<br>" });
                self.new_line();
            }
            if most == 0 && self.blank {
                self.html.push(' ');
                self.text.push(' ');
            }
        }
        (self.blank, self.begins) = (false, false);
        push_escaped(&mut self.html, c);
        self.text.push(c);
    }

    /// Brings what is written up to what is open.
    fn catch_up(&mut self) {
        self.need_item();
        if self.blocks.last().is_none_or(|open| open.tag == Tag::Quote) {
            let paragraph = self.open(Tag::Paragraph);
            self.blocks.push(paragraph);
        }
        let is_pre = self.blocks.last().is_some_and(|open| open.tag == Tag::Pre);
        let inline: &[Open] = if is_pre { &[] } else { &self.inline };
        let wanted = || self.blocks.iter().chain(inline);
        let same = wanted().zip(&self.written).take_while(|(a, b)| a.number == b.number).count();
        if same == self.blocks.len() + inline.len() && same == self.written.len() {
            return;
        }
        let missing: Vec<Open> = wanted().skip(same).cloned().collect();
        while self.written.len() > same {
            self.close();
        }
        for open in missing {
            self.write(open);
        }
    }

    fn write(&mut self, mut open: Open) {
        let is_block = open.tag.is_paragraph() || open.tag.is_container();
        if is_block {
            // A blank that ended the paragraph before is none.
            (self.blank, self.breaks, self.begins) = (false, 0, true);
        } else if self.blank && !self.begins && self.breaks == 0 {
            // The blank before a link is not part of it.
            self.html.push(' ');
            self.text.push(' ');
            self.blank = false;
        }
        match &open.tag {
            Tag::Paragraph => self.html.push_str("<p dir=\"auto\">"),
            Tag::Link(address) => {
                self.html.push_str("<a href=\"");
                address.chars().for_each(|c| push_escaped(&mut self.html, c));
                self.html.push_str("\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">");
            }
            tag => {
                self.html.push('<');
                self.html.push_str(tag.name());
                self.html.push('>');
            }
        }
        self.rich |= open.tag != Tag::Paragraph;
        if is_block {
            self.begin_block(&open.tag);
        }
        open.from = self.text.len();
        self.written.push(open);
    }

    fn begin_block(&mut self, tag: &Tag) {
        let in_item = self.written.last().is_some_and(|open| open.tag == Tag::Item);
        let first = self.written.last().is_some_and(|open| open.from == self.text.len());
        if *tag == Tag::Item {
            let list = self.written.last_mut();
            let number = list.map_or(1, |list| {
                list.items += 1;
                if list.tag == Tag::Numbered { list.items } else { 0 }
            });
            if !first {
                self.new_line();
            }
            match number {
                0 => self.text.push_str("- "),
                number => self.text.push_str(&format!("{number}. ")),
            }
        } else if !first && !self.text.is_empty() {
            self.new_line();
            if !in_item {
                self.new_line();
            }
        }
        if *tag == Tag::Quote {
            self.text.push_str("> ");
        }
    }

    /// A line of text stands as deep as the list that it is in, behind the marks of its quotes.
    fn new_line(&mut self) {
        let trimmed = self.text.trim_end_matches(' ').len();
        self.text.truncate(trimmed);
        self.text.push('\n');
        let items = self.written.iter().filter(|open| open.tag == Tag::Item).count();
        let quotes = self.written.iter().filter(|open| open.tag == Tag::Quote).count();
        self.text.push_str(&"> ".repeat(quotes));
        self.text.push_str(&"  ".repeat(items));
    }

    fn close(&mut self) {
        let Some(open) = self.written.pop() else { return };
        if let Tag::Link(address) = &open.tag {
            let told = self.text.get(open.from..).unwrap_or("");
            if !link::tells(told, address) {
                let address = format!(" ({})", address.trim_start_matches("mailto:"));
                self.text.push_str(&address);
            }
        }
        self.html.push_str("</");
        self.html.push_str(open.tag.name());
        self.html.push('>');
    }

    pub(super) fn finish(mut self) -> Rich {
        while !self.written.is_empty() {
            self.close();
        }
        let text = self.text.trim_end().to_owned();
        Rich { html: self.rich.then_some(self.html), text }
    }
}

fn push_escaped(html: &mut String, c: char) {
    match c {
        '&' => html.push_str("&amp;"),
        '<' => html.push_str("&lt;"),
        '>' => html.push_str("&gt;"),
        '"' => html.push_str("&quot;"),
        '\'' => html.push_str("&#39;"),
        other => html.push(other),
    }
}
