//! A request on a list: number, subject, status, severity, last activity, clock.

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
    let activity = request.updated_at.map(|at| {
        let at = session.i18n.time(at, session.now(), At::Short);
        session.i18n.fill(Key::LastActivity, &[("time", &at)])
    });
    let head = el("span", "hr-row__head")
        .child(number(id))
        .child(el("span", "hr-row__subject").attr("dir", "auto").text(&request.subject));
    let facts = el("span", "hr-row__facts")
        .children(chips(session, request))
        .child(el("span", "hr-row__activity").text(&activity.unwrap_or_default()));
    let button = plain_button("hr-row__button", Rc::new(open))
        .child(head)
        .child(facts)
        .child(timer(session, request, Detail::Short));
    el("li", "hr-row").child(button)
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

const fn words(status: Status) -> (&'static str, Key) {
    match status {
        Status::New => ("new", Key::StatusNew),
        Status::Open => ("open", Key::StatusOpen),
        Status::Pending => ("pending", Key::StatusPending),
        Status::Hold => ("hold", Key::StatusHold),
        Status::Solved => ("solved", Key::StatusSolved),
        Status::Closed => ("closed", Key::StatusClosed),
    }
}
