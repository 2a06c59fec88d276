//! What happened between what was said, in a sentence for each change.

use super::entry::time;
use crate::{
    features::{requests::row::words, session::Session},
    i18n::{At, Key},
    state::talk::Talk,
    ui::node::{Node, el},
};
use api::{
    priority::Priority,
    request::Status,
    timeline::{Moved, TimelineChange, TimelineEntry},
};
use sla::Severity;

/// An entry of the timeline.
pub(super) fn line(session: &Session, talk: &Talk, entry: &TimelineEntry) -> Node {
    let by = entry.author_id;
    let sentences: Vec<String> =
        entry.changes.iter().filter_map(|change| sentence(session, talk, by, change)).collect();
    el("p", "hr-talk__line")
        .attr("dir", "auto")
        .text(&sentences.join(" "))
        .text(" ")
        .child(time(session, entry.created_at))
}

fn sentence(
    session: &Session,
    talk: &Talk,
    by: Option<i64>,
    change: &TimelineChange,
) -> Option<String> {
    let name = by.map_or_else(|| session.text(Key::BadgeSupport), |id| talk.name(id));
    let say = |key, more: (&str, &str)| session.i18n.fill(key, &[("name", name), more]);
    let none = ("", "");
    Some(match change {
        TimelineChange::Status { to: Status::Closed, .. } => say(Key::LineClosed, none),
        TimelineChange::Status { to: Status::Solved, .. } => say(Key::LineSolved, none),
        TimelineChange::Status { from: Some(Status::Solved), .. } => say(Key::LineReopened, none),
        TimelineChange::Status { to, .. } => {
            say(Key::LineStatus, ("status", session.text(words(*to).1)))
        }
        TimelineChange::Priority { from, to, first_reply } => {
            severity(session, name, (*from, *to), *first_reply)
        }
        TimelineChange::Cc { added, removed } => {
            let said = [(Key::LineCopied, added), (Key::LineUncopied, removed)]
                .into_iter()
                .filter(|(_, people)| !people.is_empty())
                .map(|(key, people)| say(key, ("people", &names(talk, people))));
            said.collect::<Vec<_>>().join(" ")
        }
        TimelineChange::AssigneeId { to, .. } => {
            say(Key::LineAssigned, ("person", talk.name((*to)?)))
        }
        TimelineChange::RequesterId { to, .. } => {
            say(Key::LineRequester, ("person", talk.name((*to)?)))
        }
    })
}

/// Who changed the severity, and what that did to the clock.
fn severity(
    session: &Session,
    name: &str,
    (from, to): (Priority, Priority),
    moved: Option<Moved>,
) -> String {
    let [from, to] = [from, to].map(|priority| Severity::from(priority).name());
    let i18n = &session.i18n;
    let said = i18n.fill(Key::LineSeverity, &[("name", name), ("from", from), ("to", to)]);
    let clock = moved.map_or_else(
        || session.text(Key::LineClockStands).to_owned(),
        |moved| {
            let due = i18n.time(moved.to, session.now(), At::Full);
            i18n.fill(Key::LineClockMoved, &[("due", &due)])
        },
    );
    [&said, " ", &clock].concat()
}

fn names(talk: &Talk, people: &[i64]) -> String {
    people.iter().map(|id| talk.name(*id)).collect::<Vec<_>>().join(", ")
}
