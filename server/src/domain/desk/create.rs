//! A ticket that an agent makes, mostly for a customer.

use super::{Changed, differences, who};
use crate::{
    domain::{
        Call, Invalid, Refusal, Rules, attachments,
        audit::Trail,
        copies::{self, Wishes},
        fields, intake, life, people,
        prose::{self, Written},
        rights::Rights,
        tags,
    },
    store::{
        RequestId,
        requests::{self, Request},
        sqlite::Conn,
        users::{self, User},
    },
};
use api::{
    comment::NewComment,
    request::{Collaborator, CustomField, Status},
    ticket_change::NewTicket,
};

/// Bytes of an id that another system knows a ticket by.
pub(super) const LONGEST_EXTERNAL_ID: usize = 255;

/// What of a new ticket can be read without the database.
struct Words {
    subject: String,
    body: Written,
    public: bool,
    wishes: Wishes,
    custom_fields: Vec<CustomField>,
    tags: Vec<String>,
    external_id: Option<String>,
}

/// Makes a ticket. Its first comment starts the clock and never stops it, whoever wrote it: it is
/// what is waiting for a reply.
///
/// # Errors
/// When a value does not pass, or the database fails.
pub async fn create(
    conn: &mut Conn,
    call: Call<'_>,
    draft: &NewTicket,
) -> Result<Changed, Refusal> {
    let Call { rules, by, channel, at } = call;
    let words = words(rules, draft)?;
    let source = source(conn, draft.via_followup_source_id).await?;
    let requester = requester(conn, call, draft, source.as_ref()).await?;
    let comment = draft.comment.as_ref();
    let author_id = comment.and_then(|comment| comment.author_id).or(draft.submitter_id);
    let author = who::author(conn, by, author_id).await?;
    let uploads = comment.map_or(&[][..], |comment| &comment.uploads);
    let files = attachments::take(conn, call, Some(by.id), uploads).await?;
    let organization_id = match draft.organization_id {
        Some(id) => Some(who::organization(conn, requester.id, id).await?),
        None => requester.organization_id,
    };
    let assignee_id =
        who::assignee(conn, draft.assignee_id, draft.assignee_email.as_deref()).await?;

    let severity = draft.priority.map_or(rules.default_severity, Into::into);
    let requester = User { organization_id, ..requester };
    let plan = people::plan_of(conn, rules, &requester).await?;
    let clock = rules.policy.first_reply(&plan, severity, at, None);
    let mut request = Request {
        id: RequestId(0),
        subject: words.subject,
        description: words.body.text.clone(),
        status: Status::New,
        severity,
        kind: draft.r#type.clone(),
        requester_id: requester.id,
        submitter_id: author.id,
        organization_id,
        assignee_id,
        plan,
        channel: channel.to_owned(),
        clock,
        created_at: at,
        updated_at: at,
        public_updated_at: at,
        followup_source_id: source.map(|source| source.id),
        external_id: words.external_id,
        recipient: intake::recipient(draft.recipient.as_deref()),
        due_at: draft.due_at.filter(|_| draft.r#type.as_deref() == Some("task")),
        solved_at: None,
        custom_fields: words.custom_fields,
        tags: words.tags,
        public: words.public,
        follower_ids: who::followers(conn, &[], &draft.followers).await?,
    };
    life::taken_up(&mut request, at);
    if let Some(status) = draft.status {
        life::ask(&mut request, Status::New, status, at)?;
    }
    request.id = requests::insert(conn, &request).await?;

    let mut trail = Trail::default();
    differences::note_new(&mut trail, &request);
    trail.said(author.id, words.body, words.public);
    trail.brought(files);
    let mut copied = Vec::new();
    copies::apply(conn, call, Rights::ALL, &request, &mut copied, &words.wishes, &mut trail)
        .await?;
    let audit = trail.store(conn, "request.created", &request, &copied, call).await?;
    Ok(Changed { request, copied, audit: Some(audit) })
}

fn words(rules: &Rules, draft: &NewTicket) -> Result<Words, Invalid> {
    let mut invalid = Invalid::default();
    let described = || NewComment { body: draft.description.clone(), ..NewComment::default() };
    let comment = draft.comment.clone().unwrap_or_else(described);
    let body = invalid.check(prose::agents_comment(&comment, rules.limits));
    let subject = match (&draft.subject, &body) {
        (Some(subject), _) if !subject.trim().is_empty() => {
            invalid.check(prose::subject(Some(subject), rules.limits))
        }
        (_, Some(body)) => invalid.check(first_line(&body.text, rules)),
        _ => None,
    };
    let mut collaborators = draft.collaborators.clone();
    collaborators.extend(draft.collaborator_ids.iter().map(|id| Collaborator::Id(*id)));
    let wishes = invalid.check(Wishes::read(&draft.email_ccs, &collaborators));
    invalid.check(intake::kind(draft.r#type.as_deref()));
    let custom_fields = invalid.check(fields::read(&draft.custom_fields));
    let tags = match &draft.tags {
        Some(given) => invalid.check(tags::read(given)),
        None => Some(Vec::new()),
    };
    let external_id = invalid.check(external_id(draft.external_id.as_deref()));
    let parts = (subject, body, wishes, custom_fields, tags, external_id);
    invalid.verdict()?;
    let (
        Some(subject),
        Some(body),
        Some(wishes),
        Some(custom_fields),
        Some(tags),
        Some(external_id),
    ) = parts
    else {
        return Err(Invalid::one("base", "InvalidValue", "The ticket cannot be read"));
    };
    let public = comment.public.unwrap_or(true);
    Ok(Words { subject, body, public, wishes, custom_fields, tags, external_id })
}

/// What stands for a subject where none is given, as agents' scripts often do not.
fn first_line(body: &str, rules: &Rules) -> Result<String, Invalid> {
    let most = usize::try_from(rules.limits.subject_characters).unwrap_or(usize::MAX);
    let line = |line: &str| {
        let line: String = line.trim().chars().take(most).collect();
        prose::subject(Some(&line), rules.limits)
    };
    let found = body.lines().find_map(|text| line(text).ok());
    found.map_or_else(|| line(body), Ok)
}

/// The id by which another system knows a ticket; an empty one is none.
pub(super) fn external_id(given: Option<&str>) -> Result<Option<String>, Invalid> {
    let given = given.unwrap_or("").trim();
    if given.len() > LONGEST_EXTERNAL_ID || given.chars().any(char::is_control) {
        let text = format!("External id: is above {LONGEST_EXTERNAL_ID} bytes or not one line");
        return Err(Invalid::one("external_id", "InvalidValue", text));
    }
    Ok(Some(given.to_owned()).filter(|id| !id.is_empty()))
}

/// The closed ticket that a new one goes on with. A number that does not fit has no effect.
async fn source(conn: &mut Conn, wanted: Option<i64>) -> Result<Option<Request>, Refusal> {
    let Some(id) = wanted else { return Ok(None) };
    let found = requests::by_id(conn, RequestId(id)).await?;
    Ok(found.filter(|source| source.status == Status::Closed))
}

/// For whom: whom the draft names, else whose ticket it goes on with, else whoever calls.
async fn requester(
    conn: &mut Conn,
    call: Call<'_>,
    draft: &NewTicket,
    source: Option<&Request>,
) -> Result<User, Refusal> {
    let named = who::requester(conn, call, draft.requester_id, draft.requester.as_ref()).await?;
    let earlier = match (&named, source) {
        (None, Some(source)) => users::by_id(conn, source.requester_id).await?,
        _ => None,
    };
    Ok(named.or(earlier).unwrap_or_else(|| call.by.user.clone()))
}
