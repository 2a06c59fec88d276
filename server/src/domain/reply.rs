//! What end users do with a request that exists: comment, solve, copy. See contract.md 2.7.

use super::{
    Call, Invalid, Refusal, Rules, attachments,
    audit::Trail,
    copies::{self, Wishes},
    life, prose,
    rights::{rights, seen},
};
use crate::store::{
    RequestId, UserId, comments,
    requests::{self, Request},
    sqlite::Conn,
};
use api::request::{Flag, RequestChange, Status};

/// Applies a change and returns the request with the ids of those copied.
///
/// # Errors
/// When there is no such request for that person, it is closed, a value does not pass, or the
/// database fails.
pub async fn update(
    conn: &mut Conn,
    call: Call<'_>,
    id: RequestId,
    change: &RequestChange,
) -> Result<(Request, Vec<UserId>), Refusal> {
    let Call { rules, by, at, .. } = call;
    let (mut request, mut copied) = seen(conn, by, id).await?.ok_or(Refusal::NotFound)?;
    let granted = rights(by, &request, &copied);
    let mut invalid = Invalid::default();
    let body = match &change.comment {
        Some(comment) => invalid.check(prose::comment(comment, rules.limits)),
        None => None,
    };
    let wishes = invalid.check(Wishes::read(&change.email_ccs, &change.additional_collaborators));
    let wishes = wishes.unwrap_or_default();
    let solve = change.solved.as_ref().is_some_and(Flag::is_set);
    if request.status == Status::Closed && (change.comment.is_some() || !wishes.is_empty()) {
        return Err(closed().into());
    }
    invalid.verdict()?;

    let mut trail = Trail::default();
    copies::apply(conn, call, granted, &request, &mut copied, &wishes, &mut trail).await?;
    let before = request.status;
    if let Some(body) = body {
        if !granted.comment {
            return Err(Refusal::Forbidden("You may not comment on this request"));
        }
        room(conn, rules, id).await?;
        let uploads = change.comment.as_ref().map_or(&[][..], |comment| &comment.uploads);
        trail.brought(attachments::take(conn, call, Some(by.id), uploads).await?);
        trail.said(by.id, body, true);
        life::reopen(&mut request, at);
    }
    // Judged after the comment: one that reopens may solve again in the same call. Whoever may not
    // solve changes nothing by asking, and the answer's status says so.
    if solve && rights(by, &request, &copied).solve {
        life::enter(&mut request, Status::Solved, at);
    }
    if request.status != before {
        let (from, to) = (before.name(), request.status.name());
        trail.changed("status", Some(from.to_owned()), Some(to.to_owned()));
    }
    if !trail.is_empty() {
        request.updated_at = at.max(request.updated_at);
        request.public_updated_at = at.max(request.public_updated_at);
        requests::update(conn, &request).await?;
        trail.store(conn, "request.updated", &request, &copied, call).await?;
    }
    Ok((request, copied))
}

/// A closed request takes nothing more.
pub(super) fn closed() -> Invalid {
    Invalid::one("status", "ClosedTicket", "Status: closed prevents ticket update")
}

/// Fails when the conversation is full.
pub(super) async fn room(conn: &mut Conn, rules: &Rules, id: RequestId) -> Result<(), Refusal> {
    let all = comments::Filter { request_id: id, public_only: false, since: None, by_staff: None };
    let most = rules.limits.comments;
    if comments::count(conn, all).await? >= i64::from(most) {
        let text = format!("Comment: a request takes at most {most} comments");
        return Err(Invalid::one("comment", "TooManyValues", text).into());
    }
    Ok(())
}
