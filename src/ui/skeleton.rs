//! Something is on its way. It has about the size of what comes, so that nothing jumps.

use super::node::{Node, el};

/// Grey bars; `label` is what a screen reader says.
#[must_use]
pub fn skeleton(label: &str) -> Node {
    el("div", "hr-skeleton")
        .attr("role", "status")
        .child(el("span", "hr-hidden").text(label))
        .children([(); 4].map(|()| el("div", "hr-skeleton__bar")))
}
