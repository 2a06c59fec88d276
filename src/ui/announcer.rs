//! The polite live region: what has changed without a move of the focus.

use super::{
    node::{Node, el},
    var::Var,
};

/// One in each mounted tree. It must be there before its text is.
#[must_use]
pub fn announcer(text: Var<String>) -> Node {
    el("div", "hr-hidden").attr("role", "status").live_text(move || text.get())
}
