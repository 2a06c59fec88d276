//! The elements of the small form.

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Paragraph,
    Pre,
    Quote,
    List,
    Numbered,
    Item,
    Bold,
    Italic,
    Code,
    /// With its address, which was looked at.
    Link(String),
}

impl Tag {
    /// Holds blocks, not text itself.
    pub(super) const fn is_container(&self) -> bool {
        matches!(self, Self::Quote | Self::List | Self::Numbered | Self::Item)
    }

    pub(super) const fn is_list(&self) -> bool {
        matches!(self, Self::List | Self::Numbered)
    }

    /// Holds text, and ends with the first block behind it.
    pub(super) const fn is_paragraph(&self) -> bool {
        matches!(self, Self::Paragraph | Self::Pre)
    }

    pub(super) const fn name(&self) -> &'static str {
        match self {
            Self::Paragraph => "p",
            Self::Pre => "pre",
            Self::Quote => "blockquote",
            Self::List => "ul",
            Self::Numbered => "ol",
            Self::Item => "li",
            Self::Bold => "b",
            Self::Italic => "i",
            Self::Code => "code",
            Self::Link(_) => "a",
        }
    }
}
