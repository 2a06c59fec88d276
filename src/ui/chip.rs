//! A small label: a status, a severity, a badge.

use super::node::{Node, el};

/// `tone` ends the class name and so picks the colour.
#[must_use]
pub fn chip(tone: &str, text: &str) -> Node {
    el("span", &["hr-chip hr-chip--", tone].concat()).text(text)
}
