//! Who may do what with a request: the one function that decides, for every route and channel.

use crate::store::{UserId, requests::Request, users::User};
use api::request::Status;

/// What a person may do with a request, as an end user.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// See it and its public comments. Without this, it does not exist for that person.
    pub view: bool,
    /// Add a public comment, which reopens it if need be.
    pub comment: bool,
    /// Mark it solved.
    pub solve: bool,
    /// Copy somebody.
    pub cc: bool,
    /// Copy somebody else no more; for oneself, being copied is enough.
    pub uncc: bool,
}

/// What a person may do with a request on which certain people are copied. Staff get nothing extra
/// here: who calls the Requests API is an end user, whatever else they are.
#[must_use]
pub fn rights(person: &User, request: &Request, copied: &[UserId]) -> Rights {
    let requester = request.requester_id == person.id;
    let involved = requester || copied.contains(&person.id);
    let open = request.status != Status::Closed;
    Rights {
        view: involved,
        comment: involved && open,
        solve: requester && solvable(request),
        cc: involved && open,
        uncc: requester && open,
    }
}

/// Whether an end user's word is enough to solve it: somebody works on it, and it is not a problem,
/// which stands for more requests than this one.
fn solvable(request: &Request) -> bool {
    request.assignee_id.is_some()
        && request.kind.as_deref() != Some("problem")
        && !matches!(request.status, Status::Solved | Status::Closed)
}
