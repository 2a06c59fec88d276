//! A new request, whichever way it comes in.

use super::{
    Call, Invalid, Refusal, address, attachments,
    audit::Trail,
    copies::{self, Wishes},
    fields, people, prose,
    rights::{self, Proof, Rights, Viewer},
    uploads::Owner,
};
use crate::store::{
    RequestId, UserId,
    requests::{self, Request},
    sqlite::Conn,
    users::User,
};
use api::{
    Time,
    request::{NewRequest, Status},
};

/// The types that a request can have.
const KINDS: [&str; 4] = ["question", "incident", "problem", "task"];

/// Makes a request of what somebody sent, with its first comment, its copies, its clock and its
/// event. Returns it with the ids of those copied. `owner` is whose files it takes.
///
/// # Errors
/// When a value does not pass, or the database fails.
pub async fn create(
    conn: &mut Conn,
    call: Call<'_>,
    owner: Owner,
    draft: &NewRequest,
) -> Result<(Request, Vec<UserId>), Refusal> {
    let Call { rules, by, channel, at } = call;
    let mut invalid = Invalid::default();
    let subject = invalid.check(prose::subject(draft.subject.as_deref(), rules.limits));
    let comment = draft.comment.clone().unwrap_or_default();
    let body = invalid.check(prose::comment(&comment, rules.limits));
    let wishes = invalid.check(Wishes::read(&draft.email_ccs, &draft.collaborators));
    invalid.check(kind(draft.r#type.as_deref()));
    let fields = invalid.check(fields::read(&draft.custom_fields));
    let (Some(subject), Some(body), Some(wishes), Some(custom_fields)) =
        (subject, body, wishes, fields)
    else {
        return Err(invalid.into());
    };
    invalid.verdict()?;
    let files = attachments::take(conn, call, owner, &comment.uploads).await?;

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
        followup_source_id: source(conn, by, draft.via_followup_source_id).await?,
        external_id: None,
        recipient: recipient(draft.recipient.as_deref()),
        // Only a task is due.
        due_at: draft.due_at.filter(|_| draft.r#type.as_deref() == Some("task")),
        solved_at: None,
        custom_fields,
        tags: Vec::new(),
        public: true,
        follower_ids: Vec::new(),
    };
    request.id = requests::insert(conn, &request).await?;

    let mut trail = Trail::default();
    trail.made("subject", request.subject.clone());
    trail.made("status", "new");
    trail.made("priority", severity.priority());
    trail.said(by.id, body, true);
    trail.brought(files);
    let mut copied = Vec::new();
    let own = Rights { solve: false, ..Rights::ALL };
    copies::apply(conn, call, own, &request, &mut copied, &wishes, &mut trail).await?;
    trail.store(conn, "request.created", &request, &copied, call).await?;
    Ok((request, copied))
}

/// The person of an address that somebody without credentials gives as theirs. It proves nothing, as
/// the sender of a mail proves nothing; so they may copy nobody, cannot speak as staff, and are
/// promised what the default plan promises.
///
/// # Errors
/// When there is no such address, it is one of staff, people are to be copied, or the database fails.
pub async fn stranger(conn: &mut Conn, draft: &NewRequest, at: Time) -> Result<Viewer, Refusal> {
    let mut invalid = Invalid::default();
    if !draft.email_ccs.is_empty() || !draft.collaborators.is_empty() {
        let text = "Email CCs: sign in to copy somebody";
        invalid.add("email_ccs", "InvalidValue", text);
    }
    let given = draft.requester.clone().unwrap_or_default();
    let email = given.email.as_deref().unwrap_or("");
    let Some(email) = address::normalize(email) else {
        let (code, text) = match email.trim().is_empty() {
            true => ("BlankValue", "Requester: email cannot be blank"),
            false => ("InvalidValue", "Requester: email is not an address"),
        };
        invalid.add("requester", code, text);
        return Err(invalid.into());
    };
    invalid.verdict()?;
    let person = people::at_address(conn, &email, given.name.as_deref(), at).await?;
    if person.is_staff() {
        let text = "Requester: sign in to write from this address";
        return Err(Invalid::one("requester", "InvalidValue", text).into());
    }
    // Neither a customer's list nor a customer's plan is open to whoever knows an address.
    let user = User { organization_id: None, plan: None, ..person };
    Ok(Viewer { user, organizations: Vec::new(), proof: Proof::Nothing })
}

/// The closed request that a new one goes on with. A number that does not fit has no effect, be it
/// somebody else's, nobody's or that of a request which still lives; all look alike.
async fn source(
    conn: &mut Conn,
    by: &Viewer,
    wanted: Option<i64>,
) -> Result<Option<RequestId>, Refusal> {
    // To whoever only knows an address, the answer would tell which numbers are its person's.
    let Some(id) = wanted.filter(|_| by.proof != Proof::Nothing) else { return Ok(None) };
    let seen = rights::seen(conn, by, RequestId(id)).await?;
    Ok(seen.filter(|(source, _)| source.status == Status::Closed).map(|(source, _)| source.id))
}

/// Whether a type is one.
pub(super) fn kind(given: Option<&str>) -> Result<(), Invalid> {
    if given.is_some_and(|kind| !KINDS.contains(&kind)) {
        let text = "Type: is not one of question, incident, problem, task";
        return Err(Invalid::one("type", "InvalidValue", text));
    }
    Ok(())
}

/// The support address that somebody wrote to, if it is one.
pub(super) fn recipient(given: Option<&str>) -> Option<String> {
    given.and_then(address::normalize)
}
