//! The rich text of agents: HTML of whatever origin, reduced to a small form that is safe to keep and
//! to show, and the same as plain text.
//!
//! Nothing of what comes in is copied but text and the addresses of links. html5ever says what are
//! tags and what is text, as a browser would; `writer` writes the few elements that we know anew, so
//! what is kept is balanced and has no attribute of anybody else. It is looked at once, from the
//! beginning to the end, and nests no deeper than a few levels, whatever comes in.

mod link;
mod reader;
mod tag;
mod writer;

/// Bytes of HTML that are read so. Of anything longer only the text is taken.
pub const MOST: usize = 128 * 1024;

/// What somebody wrote, in both forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rich {
    pub text: String,
    /// The small form; `None` when it would say no more than the text does.
    pub html: Option<String>,
}

/// Reads HTML. Anything may come in; no longer than [`MOST`].
#[must_use]
pub fn read(html: &str) -> Rich {
    reader::read(html)
}

#[cfg(test)]
mod tests;
