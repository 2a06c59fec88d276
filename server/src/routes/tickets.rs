//! The part of the Tickets API by which somebody can answer. Agents only; end users get 403.

use crate::{
    AppState,
    auth::{PathId, SeenTicket, Staff},
    body::{Json, JsonBody},
    caller::Caller,
    domain::{Call, desk},
    error::Error,
    routes::conversation,
    store::users,
    view::{self, Clocks},
};
use api::ticket::{TicketCommentList, TicketEnvelope, UpdateTicket};
use axum::extract::State;

/// `GET /tickets/{id}`.
///
/// # Errors
/// When there is none, or the database fails; so for all of them.
pub async fn show_ticket(
    State(state): State<AppState>,
    caller: Caller,
    mut seen: SeenTicket,
) -> Result<Json<TicketEnvelope>, Error> {
    let people = if caller.query.lists("include", "users") {
        let mut ids = seen.copied.clone();
        ids.extend([seen.request.requester_id, seen.request.submitter_id]);
        ids.extend(seen.request.assignee_id);
        Some(users::many(&mut seen.read, &ids).await?.iter().map(view::person).collect())
    } else {
        None
    };
    let clocks = Clocks::wanted(&state, &caller);
    let ticket = view::ticket(&caller, &seen.request, &seen.copied, clocks.as_ref());
    Ok(Json(TicketEnvelope { ticket, audit: None, users: people }))
}

/// `PUT /tickets/{id}`: answers with the ticket and the audit of what was done.
pub async fn update_ticket(
    State(state): State<AppState>,
    Staff(user): Staff,
    PathId(id): PathId,
    caller: Caller,
    body: JsonBody<UpdateTicket>,
) -> Result<Json<TicketEnvelope>, Error> {
    let change = &body.value.ticket;
    let now = state.env.now();
    let mut tx = state.store.write().await?;
    let call = Call { rules: &state.rules, by: &user, channel: "api", at: now };
    let done = desk::update(&mut tx, call, id, change).await?;
    tx.commit().await?;
    let clocks = Clocks::wanted(&state, &caller);
    let ticket = view::ticket(&caller, &done.request, &done.copied, clocks.as_ref());
    Ok(Json(TicketEnvelope { ticket, audit: done.audit, users: None }))
}

/// `GET /tickets/{id}/comments`: private notes too. `users` only when asked for, or a real client
/// hands out users instead of comments.
pub async fn list_ticket_comments(
    caller: Caller,
    mut seen: SeenTicket,
) -> Result<Json<TicketCommentList>, Error> {
    let page = conversation::read(&mut seen.read, &caller, seen.request.id, false).await?;
    let wanted = caller.query.lists("include", "users");
    let comments = page.comments.iter();
    Ok(Json(TicketCommentList {
        comments: comments.map(|row| view::ticket_comment(&caller, row, &page.files)).collect(),
        users: wanted.then(|| page.authors.iter().map(view::person).collect()),
        place: page.place,
    }))
}
