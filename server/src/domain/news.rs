//! What somebody may learn of what happened, in the words of the event stream.

use super::rights::{self, Viewer};
use crate::store::{
    EventId, RequestId, StoreError,
    events::news::{self, Among, Event, Span},
    sqlite::Conn,
};
use api::{
    Time,
    audit::AuditChange,
    event::{EventKind, RequestEvent},
};
use chrono::TimeDelta;
use std::collections::BTreeMap;

/// The machine's clock may be put back; by more than this nobody does it.
const CLOCKS: TimeDelta = TimeDelta::hours(1);

/// Requests that a catch-up looks at. Whoever was away for longer than that reads the lists anew,
/// which costs both sides less.
const BROADEST: i64 = 2000;

/// Who wants to know.
#[derive(Clone, Debug)]
pub enum Reader {
    /// An end user: public events of what they may see.
    EndUser(Box<Viewer>),
    /// An agent: everything.
    Staff,
}

/// Part of a span.
#[derive(Debug)]
pub struct Page {
    pub events: Vec<RequestEvent>,
    /// Everything up to here is told.
    pub upto: EventId,
}

/// Where somebody has to look who has been told everything up to an event. `None` when that would
/// be too much.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn missed(
    conn: &mut Conn,
    reader: &Reader,
    after: EventId,
) -> Result<Option<Among>, StoreError> {
    let Reader::EndUser(viewer) = reader else { return Ok(Some(Among::All)) };
    let since = news::time_of(conn, after).await?.unwrap_or(Time::UNIX_EPOCH + CLOCKS);
    let among = Among::Visible {
        to: viewer.id,
        organizations: viewer.shared().collect(),
        changed_after: since - CLOCKS,
    };
    let breadth = news::breadth(conn, &among, BROADEST + 1).await?;
    Ok((breadth <= BROADEST).then_some(among))
}

/// The first events of a span of which the reader may learn now.
pub async fn page(
    conn: &mut Conn,
    reader: &Reader,
    among: &Among,
    span: Span,
    take: i64,
) -> Result<Page, StoreError> {
    let rows = news::list(conn, among, span, take).await?;
    let full = i64::try_from(rows.len()).is_ok_and(|count| count >= take);
    let upto = rows.last().filter(|_| full).map_or(span.upto, |row| row.id);
    let mut seen: BTreeMap<RequestId, bool> = BTreeMap::new();
    let mut events = Vec::with_capacity(rows.len());
    for row in rows {
        let may = match (reader, seen.get(&row.request_id)) {
            (Reader::Staff, _) => true,
            (_, Some(may)) => *may,
            (Reader::EndUser(viewer), None) => {
                let may = rights::sees(conn, viewer, row.request_id).await?;
                seen.insert(row.request_id, may);
                may
            }
        };
        if may {
            events.push(told(&row, matches!(reader, Reader::Staff)));
        }
    }
    Ok(Page { events, upto })
}

fn told(event: &Event, to_staff: bool) -> RequestEvent {
    let created = event.kind == "request.created";
    RequestEvent {
        id: event.id.0,
        kind: if created { EventKind::Created } else { EventKind::Updated },
        request_id: event.request_id.0,
        author_id: event.author_id.0,
        changes: if created { Vec::new() } else { changes(event, to_staff) },
        created_at: event.created_at,
    }
}

/// Names of what changed. An end user is told of nothing that the Requests API does not show.
fn changes(event: &Event, to_staff: bool) -> Vec<String> {
    let noted: Vec<AuditChange> = serde_json::from_str(&event.detail).unwrap_or_default();
    let said = event.said.then(|| String::from("comment"));
    let fields = noted.into_iter().filter_map(|change| match change {
        AuditChange::Create { field_name, .. } | AuditChange::Change { field_name, .. } => {
            Some(field_name)
        }
        AuditChange::CommentPrivacyChange { .. } => Some(String::from("comment")),
        AuditChange::Comment { .. } => None,
    });
    let fields = fields.map(|name| match name.as_str() {
        "collaborator_ids" => String::from("cc"),
        // The audit names a custom field by its number.
        number if number.bytes().all(|byte| byte.is_ascii_digit()) => String::from("custom_fields"),
        _ => name,
    });
    let mut names: Vec<String> =
        said.into_iter().chain(fields).filter(|name| to_staff || shown(name)).collect();
    // Several of them may have changed, one behind the other.
    names.dedup();
    names
}

/// Fields of a request that its people see.
fn shown(name: &str) -> bool {
    matches!(
        name,
        "subject"
            | "status"
            | "priority"
            | "type"
            | "due_at"
            | "assignee_id"
            | "requester_id"
            | "organization_id"
            | "comment"
            | "cc"
            | "custom_fields"
    )
}
