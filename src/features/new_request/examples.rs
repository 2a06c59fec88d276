//! What belongs to which severity, by two examples each.

use crate::{
    features::session::Session,
    i18n::Key,
    ui::{
        chip::chip,
        node::{Node, el},
    },
};
use sla::Severity;

const fn keys(severity: Severity) -> [Key; 2] {
    match severity {
        Severity::S0 => [Key::SeverityS0ExampleA, Key::SeverityS0ExampleB],
        Severity::S1 => [Key::SeverityS1ExampleA, Key::SeverityS1ExampleB],
        Severity::S2 => [Key::SeverityS2ExampleA, Key::SeverityS2ExampleB],
        Severity::S3 => [Key::SeverityS3ExampleA, Key::SeverityS3ExampleB],
    }
}

/// Opens below the choices, so nothing above it moves.
#[must_use]
pub(super) fn examples(session: &Session) -> Node {
    let groups = Severity::ALL.map(|severity| {
        let examples = keys(severity).map(|key| el("li", "").text(session.text(key)));
        el("div", "hr-examples__group")
            .child(el("dt", "").child(chip(severity.name(), severity.name())))
            .child(el("dd", "").child(el("ul", "").children(examples)))
    });
    el("dl", "hr-examples").children(groups)
}
