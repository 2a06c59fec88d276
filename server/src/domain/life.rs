//! The life of a request: the one place that moves its status, and what moves along.

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

/// What a customer's public comment does: whoever waited for it goes on.
pub fn reopen(request: &mut Request, at: Time) {
    if matches!(request.status, Status::Pending | Status::Hold | Status::Solved) {
        enter(request, Status::Open, at);
    }
}
