//! A new request, whichever way it comes in.

use super::{
    Call, Invalid, Refusal, attachments,
    audit::Trail,
    copies::{self, Wishes},
    people, prose,
    rights::Rights,
};
use crate::store::{
    RequestId, UserId,
    requests::{self, Request},
    sqlite::Conn,
};
use api::request::{NewRequest, Status};

/// The types that a request can have.
const KINDS: [&str; 4] = ["question", "incident", "problem", "task"];

/// Makes a request of what somebody sent, with its first comment, its copies, its clock and its
/// event. Returns it with the ids of those copied.
///
/// # Errors
/// When a value does not pass, or the database fails.
pub async fn create(
    conn: &mut Conn,
    call: Call<'_>,
    draft: &NewRequest,
) -> Result<(Request, Vec<UserId>), Refusal> {
    let Call { rules, by, channel, at } = call;
    let mut invalid = Invalid::default();
    let subject = invalid.check(prose::subject(draft.subject.as_deref(), rules.limits));
    let comment = draft.comment.clone().unwrap_or_default();
    let body = invalid.check(prose::comment(&comment, rules.limits));
    let wishes = invalid.check(Wishes::read(&draft.email_ccs, &draft.collaborators));
    if draft.r#type.as_ref().is_some_and(|kind| !KINDS.contains(&kind.as_str())) {
        invalid.add(
            "type",
            "InvalidValue",
            "Type: is not one of question, incident, problem, task",
        );
    }
    let (Some(subject), Some(body), Some(wishes)) = (subject, body, wishes) else {
        return Err(invalid.into());
    };
    invalid.verdict()?;
    let files = attachments::take(conn, call, &comment.uploads).await?;

    let severity = draft.priority.map_or(rules.default_severity, Into::into);
    let plan = people::plan_of(conn, rules, by).await?;
    let clock = rules.policy.first_reply(&plan, severity, at, None);
    let mut request = Request {
        id: RequestId(0),
        subject,
        description: body.clone(),
        status: Status::New,
        severity,
        kind: draft.r#type.clone(),
        requester_id: by.id,
        submitter_id: by.id,
        organization_id: by.organization_id,
        assignee_id: None,
        plan,
        channel: channel.to_owned(),
        clock,
        created_at: at,
        updated_at: at,
        public_updated_at: at,
    };
    request.id = requests::insert(conn, &request).await?;

    let mut trail = Trail::default();
    trail.made("subject", request.subject.clone());
    trail.made("status", "new");
    trail.made("priority", severity.priority());
    trail.said(by.id, body, true);
    trail.brought(files);
    let mut copied = Vec::new();
    let all = Rights { view: true, comment: true, solve: false, cc: true, uncc: true };
    copies::apply(conn, call, all, &request, &mut copied, &wishes, &mut trail).await?;
    trail.store(conn, "request.created", request.id, call).await?;
    Ok((request, copied))
}
