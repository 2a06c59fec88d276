//! `GET /tickets/{id}/slas/policy_metrics`.

use crate::{AppState, auth::SeenTicket, body::Json, error::Error, view::Clocks};
use api::ticket::TicketClocks;
use axum::extract::State;

/// The clocks of a ticket, by themselves.
///
/// # Errors
/// When there is no such ticket, or the database fails.
pub async fn list_ticket_clocks(
    State(state): State<AppState>,
    seen: SeenTicket,
) -> Result<Json<TicketClocks>, Error> {
    let slas = Clocks::new(&state).of(&seen.request);
    Ok(Json(TicketClocks { policy_metrics: slas.policy_metrics }))
}
