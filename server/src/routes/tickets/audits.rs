//! `GET /tickets/{id}/audits` and `…/audits/{audit_id}`: what happened to a ticket.

use crate::{
    AppState,
    auth::{SeenTicket, path_number},
    body::Json,
    caller::Caller,
    describe::Input,
    domain::audit::audit,
    error::Error,
    paging::Paging,
    store::{
        Conn, EventId, RequestId, UserId, comments,
        events::{self, Event},
        users,
    },
    view,
};
use api::audit::{Audit, AuditEnvelope, AuditList};
use axum::{extract::FromRequestParts, http::request::Parts};

/// A page of them, oldest first unless asked otherwise. `users` only when asked for, or a real client
/// hands out users instead of audits.
///
/// # Errors
/// When there is no such ticket, the query cannot be meant, or the database fails.
pub async fn list_ticket_audits(
    caller: Caller,
    mut seen: SeenTicket,
) -> Result<Json<AuditList>, Error> {
    let query = &caller.query;
    let id = seen.request.id;
    let paging = Paging::read(query)?;
    let newest_first =
        query.get("sort") == Some("-created_at") || query.get("sort_order") == Some("desc");
    let mut rows = events::list(&mut seen.read, id, newest_first, paging.window()).await?;
    let total = if paging.counts() { events::count(&mut seen.read, id).await? } else { 0 };
    let place = paging.place(&mut rows, total, &caller, Event::key);
    let users = match query.lists("include", "users") {
        true => {
            let mut ids: Vec<UserId> = rows.iter().map(|row| row.author_id).collect();
            ids.sort_unstable();
            ids.dedup();
            let people = users::many(&mut seen.read, &ids).await?;
            Some(people.iter().map(|user| view::user_record(&caller, user)).collect())
        }
        false => None,
    };
    let audits = audits(&mut seen.read, id, rows).await?;
    Ok(Json(AuditList { audits, users, place }))
}

/// The audit's number in the path.
pub struct PathAudit(EventId);

impl Input for PathAudit {}

impl FromRequestParts<AppState> for PathAudit {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        Ok(Self(EventId(path_number(parts, state, "audit_id").await?)))
    }
}

/// One audit.
///
/// # Errors
/// When there is no such ticket or audit, or the database fails.
pub async fn show_ticket_audit(
    mut seen: SeenTicket,
    PathAudit(audit_id): PathAudit,
) -> Result<Json<AuditEnvelope>, Error> {
    let id = seen.request.id;
    let found = events::by_id(&mut seen.read, id, audit_id).await?;
    let event = found.ok_or(Error::RecordNotFound)?;
    let mut audits = audits(&mut seen.read, id, vec![event]).await?;
    let audit = audits.pop().ok_or(Error::RecordNotFound)?;
    Ok(Json(AuditEnvelope { audit }))
}

/// Events with their comments. A comment was made at the instant of its event, so those of a page are
/// found between its first and its last.
async fn audits(conn: &mut Conn, id: RequestId, rows: Vec<Event>) -> Result<Vec<Audit>, Error> {
    let times = || rows.iter().map(|row| row.created_at);
    let (Some(first), Some(last)) = (times().min(), times().max()) else { return Ok(Vec::new()) };
    let said = comments::between(conn, id, (first, last)).await?;
    let comment = |event: &Event| said.iter().find(|comment| comment.event_id == Some(event.id));
    Ok(rows
        .into_iter()
        .map(|event| {
            let comment = comment(&event);
            audit(event, comment)
        })
        .collect())
}
