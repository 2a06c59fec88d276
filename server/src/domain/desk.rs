//! What agents do with a ticket: answer, note, assign, set status and severity. See contract.md 7.

use super::{
    Call, Invalid, Refusal, attachments,
    audit::Trail,
    copies::{self, Wishes},
    life, prose, reply,
    rights::Rights,
};
use crate::store::{
    RequestId, UserId, ccs,
    requests::{self, Request},
    sqlite::Conn,
    users::{self, User},
};
use api::{
    Time,
    request::{Flag, Status},
    ticket::{Audit, TicketChange},
};

/// A ticket after a change.
#[derive(Debug)]
pub struct Changed {
    pub request: Request,
    pub copied: Vec<UserId>,
    /// None when the call changed nothing.
    pub audit: Option<Audit>,
}

/// Applies an agent's change.
///
/// # Errors
/// When there is no such ticket, it is closed, a value does not pass, somebody was faster, or the
/// database fails.
pub async fn update(
    conn: &mut Conn,
    call: Call<'_>,
    id: RequestId,
    change: &TicketChange,
) -> Result<Changed, Refusal> {
    let Call { rules, by, at, .. } = call;
    let before = requests::by_id(conn, id).await?.ok_or(Refusal::NotFound)?;
    let mut copied = ccs::of(conn, id).await?;
    if change.safe_update.as_ref().is_some_and(Flag::is_set)
        && change.updated_stamp != Some(before.updated_at)
    {
        return Err(Refusal::Conflict);
    }
    if before.status == Status::Closed {
        return Err(reply::closed().into());
    }
    let mut invalid = Invalid::default();
    let body = match &change.comment {
        Some(comment) => invalid.check(prose::comment(comment, rules.limits)),
        None => None,
    };
    let wishes = invalid.check(Wishes::read(&change.email_ccs, &change.additional_collaborators));
    invalid.verdict()?;

    let mut request = before.clone();
    let mut trail = Trail::default();
    let all = Rights { view: true, comment: true, solve: true, cc: true, uncc: true };
    let wishes = wishes.unwrap_or_default();
    copies::apply(conn, call, all, &request, &mut copied, &wishes, &mut trail).await?;
    request.assignee_id = assignee(conn, &before, change).await?;
    if request.status == Status::New && request.assignee_id.is_some() {
        life::enter(&mut request, Status::Open, at);
    }
    if let Some(body) = body {
        let comment = change.comment.as_ref();
        let public = comment.and_then(|comment| comment.public).unwrap_or(true);
        let author = author(conn, by, comment.and_then(|comment| comment.author_id)).await?;
        reply::room(conn, rules, id).await?;
        let uploads = comment.map_or(&[][..], |comment| &comment.uploads);
        trail.brought(attachments::take(conn, call, Some(by.id), uploads).await?);
        trail.said(author.id, body, public);
        said(&mut request, &author, public, at);
    }
    if let Some(status) = change.status {
        let status = set_status(&request, before.status, status)?;
        life::enter(&mut request, status, at);
    }
    if request.status == Status::Solved && request.assignee_id.is_none() {
        return Err(unassigned().into());
    }
    if let Some(priority) = change.priority {
        request.severity = priority.into();
    }
    if request.severity != before.severity {
        // From the original start, and never longer than it would have been from the beginning.
        request.clock = rules.policy.first_reply(
            &request.plan,
            request.severity,
            request.created_at,
            request.clock.fulfilled_at,
        );
    }
    note(&mut trail, &before, &request);
    if !trail.is_empty() {
        request.updated_at = at.max(request.updated_at);
        if trail.is_public() {
            request.public_updated_at = at.max(request.public_updated_at);
        }
        requests::update(conn, &request).await?;
    }
    let audit = match trail.is_empty() {
        true => None,
        false => Some(trail.store(conn, "request.updated", &request, &copied, call).await?),
    };
    Ok(Changed { request, copied, audit })
}

/// In whose name a comment is made.
async fn author(conn: &mut Conn, by: &User, wanted: Option<i64>) -> Result<User, Refusal> {
    match wanted {
        None => Ok(by.clone()),
        Some(id) => users::by_id(conn, UserId(id)).await?.ok_or_else(|| {
            Invalid::one("author_id", "InvalidValue", "Author: is not known").into()
        }),
    }
}

/// What a public comment does to a ticket: the first one by somebody of the staff is the reply that
/// was promised; one in a customer's name reopens, as if the customer had written it.
fn said(request: &mut Request, author: &User, public: bool, at: Time) {
    if !public {
        return;
    }
    if author.is_staff() && author.id != request.requester_id {
        request.clock.fulfilled_at = request.clock.fulfilled_at.or(Some(at));
    } else {
        life::reopen(request, at);
    }
}

/// Who works on it after the change.
async fn assignee(
    conn: &mut Conn,
    before: &Request,
    change: &TicketChange,
) -> Result<Option<UserId>, Refusal> {
    let wanted = match (&change.assignee_id, &change.assignee_email) {
        (Some(Some(id)), _) => users::by_id(conn, UserId(*id)).await?,
        (Some(None), _) => return Ok(None),
        (None, Some(email)) => users::by_email(conn, &email.trim().to_lowercase()).await?,
        (None, None) => return Ok(before.assignee_id),
    };
    match wanted {
        Some(user) if user.is_staff() => Ok(Some(user.id)),
        _ => Err(Invalid::one("assignee_id", "InvalidValue", "Assignee: is not an agent").into()),
    }
}

/// The status after an agent asked for one.
fn set_status(request: &Request, before: Status, wanted: Status) -> Result<Status, Refusal> {
    let refuse = |text: &str| Err(Invalid::one("status", "InvalidValue", text).into());
    if wanted == Status::New && (before != Status::New || request.assignee_id.is_some()) {
        return refuse("Status: a ticket never goes back to new");
    }
    if matches!(wanted, Status::Solved | Status::Closed) && request.assignee_id.is_none() {
        return Err(unassigned().into());
    }
    Ok(wanted)
}

fn unassigned() -> Invalid {
    Invalid::one("assignee_id", "BlankValue", "Assignee: is required when solving a ticket")
}

/// Notes what became different.
fn note(trail: &mut Trail, before: &Request, after: &Request) {
    let some = |text: &str| Some(text.to_owned());
    if before.status != after.status {
        let (from, to) = (before.status.name(), after.status.name());
        trail.changed("status", some(from), some(to));
    }
    if before.severity != after.severity {
        let (from, to) = (before.severity.priority(), after.severity.priority());
        trail.changed("priority", some(from), some(to));
    }
    if before.assignee_id != after.assignee_id {
        let text = |id: Option<UserId>| id.map(|id| id.to_string());
        trail.changed("assignee_id", text(before.assignee_id), text(after.assignee_id));
    }
}
