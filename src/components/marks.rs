//! What is looked at: labels, pictures, clocks, notices, what waits and what is empty.

use super::section;
use crate::{
    client::Error,
    features::{failure::failure, session::Session},
    i18n::Key,
    ui::{
        chip::chip,
        icon::{Icon, icon},
        node::{Node, el},
        skeleton::skeleton,
    },
};
use std::rc::Rc;

pub(super) fn sections(session: &Session) -> Vec<Node> {
    vec![
        section("Chip", vec![("severity", severities()), ("status", statuses(session))]),
        section("Clock", clocks(session)),
        section("Icon", vec![("all; what points turns round from right to left", icons())]),
        section("Alert", alerts(session)),
        section("Skeleton", vec![("loading", skeleton(session.text(Key::Loading)))]),
        section("Empty", vec![("a list without requests", empty(session))]),
    ]
}

fn row(nodes: impl IntoIterator<Item = Node>) -> Node {
    el("div", "hr-row__facts").children(nodes)
}

fn severities() -> Node {
    row(["S0", "S1", "S2", "S3"].map(|name| chip(name, name)))
}

fn statuses(session: &Session) -> Node {
    let statuses = [
        ("new", Key::StatusNew),
        ("open", Key::StatusOpen),
        ("pending", Key::StatusPending),
        ("hold", Key::StatusHold),
        ("solved", Key::StatusSolved),
        ("closed", Key::StatusClosed),
        ("agent", Key::BadgeSupport),
    ];
    row(statuses.map(|(tone, key)| chip(tone, session.text(key))))
}

fn clocks(session: &Session) -> Vec<(&'static str, Node)> {
    let span = session.i18n.span(chrono::TimeDelta::minutes(100));
    let clock = |tone: &str, key| {
        let words = session.i18n.fill(key, &[("time", &span)]);
        el("span", &["hr-timer hr-timer--", tone].concat()).text(&words)
    };
    vec![
        ("due", clock("due", Key::ClockDue)),
        ("paused", clock("paused", Key::ClockPaused)),
        ("overdue", clock("overdue", Key::ClockBreached)),
        ("late", clock("late", Key::ClockLate)),
        ("met", clock("met", Key::ClockMet)),
    ]
}

fn icons() -> Node {
    use Icon::{Alert, Attach, Back, Check, Clock, Close, Download, File, Search};
    row([Back, Close, Check, Clock, Attach, File, Search, Alert, Download].map(icon))
}

fn alerts(session: &Session) -> Vec<(&'static str, Node)> {
    let lead = [session.text(Key::SendFailed), " ", session.text(Key::Kept)].concat();
    vec![
        ("a view that cannot be had", failure(session, "", &Error::Server, Rc::new(|| {}))),
        ("a send that failed", failure(session, &lead, &Error::Offline, Rc::new(|| {}))),
    ]
}

fn empty(session: &Session) -> Node {
    el("div", "hr-empty")
        .child(el("p", "hr-empty__title").text(session.text(Key::EmptyMine)))
        .child(el("p", "hr-empty__hint").text(session.text(Key::EmptyMineHint)))
}
