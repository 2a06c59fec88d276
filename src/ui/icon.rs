//! The few pictures, as paths of one size; they take the colour of the text around them.

use super::node::{Node, svg};

/// A picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Icon {
    Close,
    Back,
    Check,
    Clock,
    Attach,
    File,
    Search,
    Alert,
    Download,
}

impl Icon {
    const fn path(self) -> &'static str {
        match self {
            Self::Close => "M6 6l12 12M18 6L6 18",
            Self::Back => "M15 5l-7 7 7 7",
            Self::Check => "M5 12.5l4.5 4.5L19 7.5",
            Self::Search => "M10.5 4a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M15.5 15.5L20 20",
            Self::Alert => "M12 7v6M12 16.5v.1M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18",
            Self::Clock => "M12 7v5l3 2M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18",
            Self::Attach => "M20 11l-8 8a5 5 0 0 1-7-7l8-8a3 3 0 0 1 5 5l-8 8a1 1 0 0 1-2-2l7-7",
            Self::File => "M6 3h8l4 4v14H6zM14 3v4h4",
            Self::Download => "M12 4v11M7 11l5 5 5-5M5 20h14",
        }
    }

    /// Whether it points along the line of reading, and so turns round with it.
    const fn points(self) -> bool {
        matches!(self, Self::Back)
    }
}

/// Draws a picture; it says nothing to a screen reader, so words must stand beside it.
#[must_use]
pub fn icon(icon: Icon) -> Node {
    svg("svg", if icon.points() { "hr-icon hr-icon--points" } else { "hr-icon" })
        .attr("viewBox", "0 0 24 24")
        .attr("aria-hidden", "true")
        .child(svg("path", "").attr("d", icon.path()))
}
