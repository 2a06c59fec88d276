//! The life of a request: the one place that moves its status, and what moves along.

use super::Invalid;
use crate::store::requests::Request;
use api::{Time, request::Status};

/// Gives a request a status. From the moment it is solved counts the time until it is closed.
pub fn enter(request: &mut Request, status: Status, at: Time) {
    if request.status == status {
        return;
    }
    request.status = status;
    request.solved_at = match status {
        Status::Solved => Some(at),
        Status::Closed => request.solved_at,
        _ => None,
    };
}

/// Gives a request the status that an agent asked for; `before` is the one it had before the call.
///
/// # Errors
/// When it would go back to new, or be solved without anybody working on it.
pub fn ask(request: &mut Request, before: Status, wanted: Status, at: Time) -> Result<(), Invalid> {
    if wanted == Status::New && (before != Status::New || request.assignee_id.is_some()) {
        let text = "Status: a ticket never goes back to new";
        return Err(Invalid::one("status", "InvalidValue", text));
    }
    enter(request, wanted, at);
    over_by_somebody(request)
}

/// Whoever gets a new ticket opens it.
pub fn taken_up(request: &mut Request, at: Time) {
    if request.status == Status::New && request.assignee_id.is_some() {
        enter(request, Status::Open, at);
    }
}

/// Checks that what is over has somebody who answers for it.
///
/// # Errors
/// When nobody does.
pub fn over_by_somebody(request: &Request) -> Result<(), Invalid> {
    let over = matches!(request.status, Status::Solved | Status::Closed);
    if over && request.assignee_id.is_none() {
        let text = "Assignee: is required when solving a ticket";
        return Err(Invalid::one("assignee_id", "BlankValue", text));
    }
    Ok(())
}

/// What a customer's public comment does: whoever waited for it goes on.
pub fn reopen(request: &mut Request, at: Time) {
    if matches!(request.status, Status::Pending | Status::Hold | Status::Solved) {
        enter(request, Status::Open, at);
    }
}
