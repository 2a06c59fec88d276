//! A change that an agent makes to a ticket: answer, note, assign, set whatever can be set.

use super::{Changed, create::external_id, differences, who};
use crate::{
    domain::{
        Call, Invalid, Refusal, attachments,
        audit::Trail,
        copies::{self, Wishes},
        fields, intake, life, prose, reply,
        rights::Rights,
        tags,
    },
    store::{
        RequestId, ccs,
        requests::{self, Request},
        sqlite::Conn,
        users::User,
    },
};
use api::{
    Time,
    request::{Collaborator, Flag, Status},
    ticket_change::TicketChange,
};

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
        Some(comment) => invalid.check(prose::agents_comment(comment, rules.limits)),
        None => None,
    };
    let mut request = before.clone();
    invalid.check(set_words(&mut request, call, change));
    let wishes = invalid.check(wishes(change));
    invalid.verdict()?;

    let mut trail = Trail::default();
    set_people(conn, call, &mut request, change).await?;
    let mut wishes = wishes.unwrap_or_default();
    if request.requester_id != before.requester_id {
        // Nobody is copied on their own request.
        wishes = wishes.without(request.requester_id);
    }
    copies::apply(conn, call, Rights::ALL, &request, &mut copied, &wishes, &mut trail).await?;
    life::taken_up(&mut request, at);
    if let Some(body) = body {
        let comment = change.comment.as_ref();
        let public = comment.and_then(|comment| comment.public).unwrap_or(true);
        let author = who::author(conn, by, comment.and_then(|comment| comment.author_id)).await?;
        reply::room(conn, rules, id).await?;
        let uploads = comment.map_or(&[][..], |comment| &comment.uploads);
        trail.brought(attachments::take(conn, call, Some(by.id), uploads).await?);
        said(&mut request, &author, &body.text, public, at);
        trail.said(author.id, body, public);
    }
    if let Some(status) = change.status {
        life::ask(&mut request, before.status, status, at)?;
    }
    life::over_by_somebody(&request)?;
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
    differences::note(&mut trail, &before, &request);
    let audit = match trail.is_empty() {
        true => None,
        false => {
            moved(&mut request, &trail, at);
            requests::update(conn, &request).await?;
            Some(trail.store(conn, "request.updated", &request, &copied, call).await?)
        }
    };
    Ok(Changed { request, copied, audit })
}

/// Moves the times at which a ticket was last changed: the one that end users see only with what
/// they see.
pub(super) fn moved(request: &mut Request, trail: &Trail, at: Time) {
    request.updated_at = at.max(request.updated_at);
    if trail.is_public() && request.public {
        request.public_updated_at = at.max(request.public_updated_at);
    }
}

/// Sets what needs nobody's name: subject, type, tags, fields …
fn set_words(request: &mut Request, call: Call<'_>, change: &TicketChange) -> Result<(), Invalid> {
    let mut invalid = Invalid::default();
    if let Some(subject) = &change.subject {
        let subject = prose::subject(Some(subject), call.rules.limits);
        request.subject = invalid.check(subject).unwrap_or_default();
    }
    if let Some(kind) = &change.r#type {
        invalid.check(intake::kind(kind.as_deref()));
        request.kind.clone_from(kind);
    }
    if let Some(due_at) = change.due_at {
        request.due_at = due_at;
    }
    // Only a task is due.
    request.due_at = request.due_at.filter(|_| request.kind.as_deref() == Some("task"));
    let (set, more, fewer) =
        (change.tags.as_ref(), change.additional_tags.as_ref(), change.remove_tags.as_ref());
    let tags = tags::change(&request.tags, set, more, fewer);
    request.tags = invalid.check(tags).unwrap_or_default();
    let fields = fields::merge(&request.custom_fields, &change.custom_fields);
    request.custom_fields = invalid.check(fields).unwrap_or_default();
    if let Some(id) = &change.external_id {
        request.external_id = invalid.check(external_id(id.as_deref())).flatten();
    }
    invalid.verdict()
}

/// What the call wants of those copied.
fn wishes(change: &TicketChange) -> Result<Wishes, Invalid> {
    let mut collaborators = change.additional_collaborators.clone();
    let ids = change.collaborator_ids.iter().flatten();
    collaborators.extend(ids.map(|id| Collaborator::Id(*id)));
    collaborators.extend(change.collaborators.iter().flatten().cloned());
    let wishes = Wishes::read(&change.email_ccs, &collaborators)?;
    let all = change.collaborator_ids.is_some() || change.collaborators.is_some();
    Ok(if all { wishes.only() } else { wishes })
}

/// Sets for whom a ticket is, who works on it, and who follows it.
async fn set_people(
    conn: &mut Conn,
    call: Call<'_>,
    request: &mut Request,
    change: &TicketChange,
) -> Result<(), Refusal> {
    let named = who::requester(conn, call, change.requester_id, change.requester.as_ref()).await?;
    let another = named.filter(|user| user.id != request.requester_id);
    if let Some(user) = &another {
        request.requester_id = user.id;
        request.organization_id = user.organization_id;
    }
    match change.organization_id {
        None => {}
        Some(None) => request.organization_id = None,
        Some(Some(id)) if request.organization_id.is_some_and(|now| now.0 == id) => {}
        Some(Some(id)) => {
            let organization = who::organization(conn, request.requester_id, id).await?;
            request.organization_id = Some(organization);
        }
    }
    request.assignee_id = match (change.assignee_id, change.assignee_email.as_deref()) {
        (Some(None), _) => None,
        (None, None) => request.assignee_id,
        (id, email) => who::assignee(conn, id.flatten(), email).await?,
    };
    request.follower_ids = who::followers(conn, &request.follower_ids, &change.followers).await?;
    Ok(())
}

/// What a public comment does to a ticket: the first one by somebody of the staff is the reply that
/// was promised; one in a customer's name reopens, as if the customer had written it. The first one
/// of all brings the ticket before the customer's eyes.
fn said(request: &mut Request, author: &User, body: &str, public: bool, at: Time) {
    if !public {
        return;
    }
    if !request.public {
        request.public = true;
        body.clone_into(&mut request.description);
    }
    if author.is_staff() && author.id != request.requester_id {
        request.clock.fulfilled_at = request.clock.fulfilled_at.or(Some(at));
    } else {
        life::reopen(request, at);
    }
}
