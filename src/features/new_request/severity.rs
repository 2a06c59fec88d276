//! The severity: four choices, each with what it means and what it promises.

use crate::{
    features::session::{Session, Shared},
    i18n::{At, Key},
    state::load::Load,
    ui::{
        chip::chip,
        field::{ErrorText, field_error},
        node::{Node, el, follow},
    },
};
use chrono::TimeDelta;
use sla::Severity;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

const ERROR: &str = "hr-severity-error";

/// What it means for the work: in a few words, and in a sentence.
const fn keys(severity: Severity) -> (Key, Key) {
    match severity {
        Severity::S0 => (Key::SeverityS0, Key::SeverityS0Meaning),
        Severity::S1 => (Key::SeverityS1, Key::SeverityS1Meaning),
        Severity::S2 => (Key::SeverityS2, Key::SeverityS2Meaning),
        Severity::S3 => (Key::SeverityS3, Key::SeverityS3Meaning),
    }
}

/// Four radio buttons of one group; what they mean by examples opens in `examples`.
#[must_use]
pub(super) fn severity_field(session: &Session, error: ErrorText, examples: Node) -> Node {
    let (policy, said) = (session.clone(), session.clone());
    let choices = Severity::ALL.map(|severity| choice(session, severity, Rc::clone(&error)));
    el("fieldset", "hr-severity")
        .child(el("legend", "hr-field__label").text(session.text(Key::SeverityLegend)))
        .child(el("p", "hr-field__hint").live_text(move || {
            let failed = matches!(&*policy.policy.read(), Load::Failed(_));
            if failed { said.text(Key::PolicyFailed).to_owned() } else { String::new() }
        }))
        .children(choices)
        .child(field_error(ERROR, error))
        .child(examples)
}

fn choice(session: &Session, severity: Severity, error: ErrorText) -> Node {
    let (title, _) = keys(severity);
    let (said, promising) = (session.clone(), session.clone());
    let title = el("span", "hr-severity__title")
        .child(chip(severity.name(), severity.name()))
        .child(el("span", "").text(session.text(title)));
    let meaning = el("span", "hr-severity__meaning").live_text(move || meaning(&said, severity));
    let promise = el("span", "hr-severity__promise")
        .live_text(move || promised(&promising, severity).unwrap_or_default());
    el("label", "hr-severity__choice")
        .child(radio(session, severity, error))
        .child(el("span", "hr-severity__text").child(title).child(meaning).child(promise))
}

fn radio(session: &Session, severity: Severity, error: ErrorText) -> Node {
    let (choosing, chosen) = (session.clone(), session.clone());
    let radio = el("input", "hr-severity__radio")
        .attr("type", "radio")
        .attr("name", "hr-severity")
        .attr("value", severity.name())
        .attr("aria-describedby", ERROR)
        .live_attr("aria-invalid", move || error.ask().map(|_| "true"))
        .on("change", move |_| choosing.type_in(|draft| draft.severity = Some(severity)));
    let element: HtmlInputElement = radio.element().clone().unchecked_into();
    follow(Box::new(move || {
        element.set_checked(chosen.draft.read().severity == Some(severity));
    }));
    radio
}

/// The vendor's own words go before ours.
fn meaning(session: &Shared, severity: Severity) -> String {
    let policy = session.policy.read();
    let own = policy.ready().and_then(|policy| {
        let mut texts = policy.severities.iter();
        texts.find(|text| text.severity == severity)?.meaning.clone()
    });
    own.unwrap_or_else(|| session.text(keys(severity).1).to_owned())
}

/// The target under the caller's plan and what it comes to now; empty while the rules are on their
/// way, but its room is kept.
fn promised(session: &Shared, severity: Severity) -> Option<String> {
    let i18n = &session.i18n;
    let now = session.now();
    let policy = session.policy.read();
    let policy = policy.ready()?;
    let clock = policy.rules.first_reply(&policy.plan, severity, now, None);
    let target = i18n.span(TimeDelta::seconds(i64::from(clock.target.seconds)));
    let due = i18n.time(clock.due_at, now, At::Soon);
    Some(i18n.fill(Key::SeverityPromise, &[("target", &target), ("due", &due)]))
}
