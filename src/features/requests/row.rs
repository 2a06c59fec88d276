//! A request on a list: subject, whose it is among those of others, number, severity, status, last
//! activity, clock. Every row of a list is as high as every other, whatever is in it.

use crate::{
    features::{
        session::{Session, Shared},
        timer_text::{Detail, timer},
    },
    i18n::{At, Key},
    state::view::{List, View},
    ui::{
        button::plain_button,
        chip::chip,
        node::{Node, el},
    },
};
use api::request::{Request, Status};
use sla::Severity;
use std::rc::Rc;

/// A whole row is one button.
#[must_use]
pub(super) fn row(session: &Session, list: List, request: &Request) -> Node {
    let (id, opening) = (request.id, session.clone());
    let open = move || opening.view.set(View::Request { id, from: list });
    let is_unread = session.inbox().is_unread(request);
    // What a dot and a bold subject say to the eye.
    let mark = is_unread.then(|| el("span", "hr-hidden").text(session.text(Key::Unread)));
    let head = el("span", "hr-row__head").children(mark).child(
        el("span", "hr-row__subject")
            .attr("dir", "auto")
            .attr("title", &request.subject)
            .text(&request.subject),
    );
    // On a line of its own, which is there also while nobody knows: all rows are of one height.
    let person = (list == List::Organization).then(|| {
        let name = session.inbox().requester(request).unwrap_or_default();
        let text = session.i18n.fill(Key::RowPerson, &[("name", &name)]);
        let line = el("span", "hr-row__person");
        if name.is_empty() { line } else { line.text(&text) }
    });
    let facts = el("span", "hr-row__facts")
        .child(number(id))
        .children(chips(session, request))
        .children(activity(session, request));
    let class = ["hr-row hr-row__button", if is_unread { " hr-row--unread" } else { "" }].concat();
    plain_button(&class, Rc::new(open))
        .child(head)
        .children(person)
        .child(facts)
        .child(el("span", "hr-row__clock").child(timer(session, request, Detail::Short)))
}

/// The hour or the day for the eye, both in a sentence for the ear.
fn activity(session: &Shared, request: &Request) -> Option<Node> {
    let (at, now) = (request.updated_at?, session.now());
    let whole = session.i18n.time(at, now, At::Short);
    let whole = session.i18n.fill(Key::LastActivity, &[("time", &whole)]);
    let short = session.i18n.time(at, now, At::Day);
    Some(
        el("span", "hr-row__activity")
            .attr("title", &whole)
            .child(el("span", "hr-hidden").text(&whole))
            .child(el("span", "").attr("aria-hidden", "true").text(&short)),
    )
}

/// `#1031`
#[must_use]
pub fn number(id: i64) -> Node {
    el("span", "hr-row__number").text(&["#", &id.to_string()].concat())
}

/// Severity and status.
#[must_use]
pub fn chips(session: &Shared, request: &Request) -> Vec<Node> {
    let severity = request.priority.map(|priority| {
        let name = Severity::from(priority).name();
        chip(name, name)
    });
    let status = request.status.map(|status| {
        let (tone, key) = words(status);
        chip(tone, session.text(key))
    });
    severity.into_iter().chain(status).collect()
}

/// The colour and the words of a status.
#[must_use]
pub const fn words(status: Status) -> (&'static str, Key) {
    match status {
        Status::New => ("new", Key::StatusNew),
        Status::Open => ("open", Key::StatusOpen),
        Status::Pending => ("pending", Key::StatusPending),
        Status::Hold => ("hold", Key::StatusHold),
        Status::Solved => ("solved", Key::StatusSolved),
        Status::Closed => ("closed", Key::StatusClosed),
    }
}
