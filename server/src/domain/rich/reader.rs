//! Hands what html5ever finds to the writer: which elements there are, in which of ours they end up,
//! and what is not for reading.

use super::{Rich, link, tag::Tag, writer::Writer};
use html5ever::{
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind,
    },
};
use std::cell::RefCell;

/// Reads HTML, all of it.
pub(super) fn read(html: &str) -> Rich {
    let tokenizer = Tokenizer::new(Reader::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    // It stops for whoever would run a script. We do not, so it goes on.
    while !input.is_empty() {
        let _ = tokenizer.feed(&input);
    }
    tokenizer.end();
    tokenizer.sink.0.into_inner().writer.finish()
}

#[derive(Default)]
struct Reader(RefCell<State>);

#[derive(Default)]
struct State {
    writer: Writer,
    /// The element whose content is not for reading, until it ends.
    skipped: Option<String>,
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _: u64) -> TokenSinkResult<()> {
        let mut state = self.0.borrow_mut();
        match token {
            Token::CharacterTokens(text) if state.skipped.is_none() => state.writer.text(&text),
            Token::TagToken(tag) => {
                let name = &*tag.name;
                match tag.kind {
                    TagKind::StartTag => {
                        if let Some(kind) = unread(name) {
                            state.skipped = Some(name.to_owned());
                            return TokenSinkResult::RawData(kind);
                        }
                        let attribute = |wanted: &str| {
                            let mut all = tag.attrs.iter();
                            let found = all.find(|attribute| &*attribute.name.local == wanted);
                            found.map_or("", |attribute| &*attribute.value)
                        };
                        start(&mut state.writer, name, attribute);
                    }
                    TagKind::EndTag if state.skipped.as_deref() == Some(name) => {
                        state.skipped = None;
                    }
                    TagKind::EndTag => end(&mut state.writer, name),
                }
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// How the content of an element is to be tokenized that is not for reading.
fn unread(name: &str) -> Option<RawKind> {
    match name {
        "script" => Some(RawKind::ScriptData),
        "style" | "iframe" | "noembed" | "noframes" | "noscript" | "xmp" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

fn start<'a>(writer: &mut Writer, name: &str, attribute: impl Fn(&str) -> &'a str) {
    match name {
        "b" | "strong" => writer.open_inline(Tag::Bold),
        "i" | "em" => writer.open_inline(Tag::Italic),
        "code" | "tt" | "kbd" | "samp" => writer.open_inline(Tag::Code),
        "a" => match link::checked(attribute("href")) {
            Some(address) => writer.open_inline(Tag::Link(address)),
            None => writer.close_inline("a"),
        },
        "br" => writer.line_break(),
        "pre" => writer.open_block(Tag::Pre),
        "ul" | "menu" => writer.open_block(Tag::List),
        "ol" => writer.open_block(Tag::Numbered),
        "li" => writer.open_item(),
        "blockquote" => writer.open_block(Tag::Quote),
        "td" | "th" => writer.text(" "),
        "img" => writer.text(attribute("alt")),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            writer.open_block(Tag::Paragraph);
            writer.open_inline(Tag::Bold);
        }
        name if is_block(name) => writer.open_block(Tag::Paragraph),
        _ => {}
    }
}

fn end(writer: &mut Writer, name: &str) {
    match name {
        "b" | "strong" => writer.close_inline("b"),
        "i" | "em" => writer.close_inline("i"),
        "code" | "tt" | "kbd" | "samp" => writer.close_inline("code"),
        "a" => writer.close_inline("a"),
        "ul" | "menu" | "ol" => writer.close_container(Tag::is_list),
        "li" => writer.close_item(),
        "blockquote" => writer.close_container(|tag| *tag == Tag::Quote),
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            writer.close_inline("b");
            writer.end_paragraph();
        }
        "pre" => writer.end_paragraph(),
        name if is_block(name) => writer.end_paragraph(),
        _ => {}
    }
}

/// Elements that stand on lines of their own.
fn is_block(name: &str) -> bool {
    const BLOCKS: [&str; 22] = [
        "p",
        "div",
        "tr",
        "table",
        "tbody",
        "thead",
        "section",
        "article",
        "header",
        "footer",
        "main",
        "aside",
        "nav",
        "figure",
        "figcaption",
        "dl",
        "dt",
        "dd",
        "address",
        "hr",
        "body",
        "form",
    ];
    BLOCKS.contains(&name)
}
