//! Something that went wrong, said at once by a screen reader.

use super::node::{Node, el};

/// A box for a failure and the ways on from it.
#[must_use]
pub fn alert() -> Node {
    el("div", "hr-alert").attr("role", "alert")
}
