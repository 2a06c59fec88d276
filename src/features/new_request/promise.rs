//! The promise, before anything is sent: by when the first reply comes.

use crate::{
    features::{
        session::{Session, Shared},
        timer_text::calendar,
    },
    i18n::{At, Key},
    ui::{
        icon::{Icon, icon},
        node::{Node, el, place},
    },
};
use chrono::TimeDelta;

/// Stands above Send as soon as a severity is chosen, and stays true while the form is open: it is
/// the very function by which the server records the clock.
#[must_use]
pub(super) fn promise(session: &Session) -> Node {
    let session = session.clone();
    place(
        move || words(&session),
        |words| {
            let (due, rule) = words.as_ref()?;
            let words = el("p", "hr-promise__words")
                .child(el("strong", "hr-promise__due").text(due))
                .child(el("span", "hr-promise__rule").text(rule));
            Some(el("div", "hr-promise").child(icon(Icon::Clock)).child(words))
        },
    )
}

fn words(session: &Shared) -> Option<(String, String)> {
    let i18n = &session.i18n;
    let severity = session.draft.read().severity?;
    let now = session.now();
    let policy = session.policy.read();
    let policy = policy.ready()?;
    let clock = policy.rules.first_reply(&policy.plan, severity, now, None);
    let due = i18n.time(clock.due_at, now, At::Full);
    let target = i18n.span(TimeDelta::seconds(i64::from(clock.target.seconds)));
    let rule = i18n.fill(
        Key::PromiseRule,
        &[
            ("target", &target),
            ("plan", &plan_name(&policy.plan)),
            ("calendar", calendar(session, clock.target.business_hours)),
        ],
    );
    Some((i18n.fill(Key::Promise, &[("due", &due)]), rule))
}

/// A plan's name is the vendor's word; it is shown with a capital letter.
fn plan_name(name: &str) -> String {
    let mut name = name.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}
