//! What people of a request may know of what happened to it, beside what was said: who set which
//! status and severity, and who came and went. What staff keep for themselves is not named here.

use crate::store::{EventId, UserId, events::Event, requests::Request};
use api::{
    audit::AuditChange,
    request::Status,
    timeline::{Moved, TimelineChange, TimelineEntry},
};
use sla::{Policy, Severity};

/// The channel of what no person did.
const RULE: &str = "rule";

/// An event as people of its request may know it; `None` when they may know nothing of it. `replied` is
/// the event that was the first reply.
#[must_use]
pub fn told(
    event: &Event,
    request: &Request,
    replied: Option<EventId>,
    policy: &Policy,
) -> Option<TimelineEntry> {
    let changes: Vec<_> = event
        .detail
        .iter()
        .filter_map(|change| change_of(change, event, request, replied, policy))
        .collect();
    let author_id = Some(event.author_id.0).filter(|_| event.channel != RULE);
    let (id, created_at) = (event.id.0, event.created_at);
    (!changes.is_empty()).then_some(TimelineEntry { id, author_id, created_at, changes })
}

/// Everybody whom entries name.
#[must_use]
pub fn people(entries: &[TimelineEntry]) -> Vec<UserId> {
    let mut ids: Vec<i64> = Vec::new();
    for entry in entries {
        ids.extend(entry.author_id);
        for change in &entry.changes {
            match change {
                TimelineChange::Cc { added, removed } => ids.extend(added.iter().chain(removed)),
                TimelineChange::AssigneeId { from, to }
                | TimelineChange::RequesterId { from, to } => ids.extend(from.iter().chain(to)),
                TimelineChange::Status { .. } | TimelineChange::Priority { .. } => {}
            }
        }
    }
    ids.sort_unstable();
    ids.dedup();
    ids.into_iter().map(UserId).collect()
}

/// A change of one of the fields that end users see and understand; any other is not told.
fn change_of(
    change: &AuditChange,
    event: &Event,
    request: &Request,
    replied: Option<EventId>,
    policy: &Policy,
) -> Option<TimelineChange> {
    let AuditChange::Change { field_name, value, previous_value } = change else { return None };
    let (from, to) = (previous_value.as_deref(), value.as_deref());
    Some(match field_name.as_str() {
        "status" => TimelineChange::Status {
            from: from.and_then(Status::from_name),
            to: Status::from_name(to?)?,
        },
        "priority" => {
            let (from, to) = (Severity::from_priority(from?)?, Severity::from_priority(to?)?);
            let first_reply = moved(event, request, replied, policy, (from, to));
            TimelineChange::Priority { from: from.into(), to: to.into(), first_reply }
        }
        "collaborator_ids" => {
            let (before, after) = (numbers(from), numbers(to));
            let missing = |all: &[i64], of: &[i64]| -> Vec<i64> {
                of.iter().copied().filter(|id| !all.contains(id)).collect()
            };
            let (added, removed) = (missing(&before, &after), missing(&after, &before));
            TimelineChange::Cc { added, removed }
        }
        "assignee_id" => TimelineChange::AssigneeId { from: number(from), to: number(to) },
        "requester_id" => TimelineChange::RequesterId { from: number(from), to: number(to) },
        _ => return None,
    })
}

/// What a change of the severity did to the clock; nothing when it stood already.
fn moved(
    event: &Event,
    request: &Request,
    replied: Option<EventId>,
    policy: &Policy,
    (from, to): (Severity, Severity),
) -> Option<Moved> {
    // Times are whole seconds; which of two events came first, their numbers tell.
    let stood = match (request.clock.fulfilled_at, replied) {
        (Some(_), Some(replied)) => replied < event.id,
        (Some(at), None) => at <= event.created_at,
        (None, _) => false,
    };
    if stood {
        return None;
    }
    let due =
        |severity| policy.first_reply(&request.plan, severity, request.created_at, None).due_at;
    Some(Moved { from: due(from), to: due(to) })
}

fn number(text: Option<&str>) -> Option<i64> {
    text?.parse().ok()
}

fn numbers(text: Option<&str>) -> Vec<i64> {
    text.unwrap_or("").split(',').filter_map(|id| id.parse().ok()).collect()
}
