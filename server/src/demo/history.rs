//! The written history, told again through the rules: each line is a call that somebody made at the
//! time it says, so clocks, statuses and audits are what they would be had it all happened.

use super::{
    DemoError,
    people::{AGENTS, PEOPLE},
};
use crate::{
    domain::{Call, Refusal, Rules, desk, intake, people, reply, rights::Viewer},
    store::{RequestId, sqlite::Conn, users::Role},
};
use api::{
    Time,
    comment::NewComment,
    request::{EmailCc, Flag, NewRequest, RequestChange, Status},
    ticket_change::TicketChange,
};
use chrono::TimeDelta;
use serde::{Deserialize, Deserializer, de::Error as _};
use sla::Severity;
use std::collections::BTreeMap;

/// One file for each customer.
const FILES: [&str; 2] =
    [include_str!("history/northwind.toml"), include_str!("history/contoso.toml")];

/// When the people came to the product: before all that they wrote.
const BEGINNING: TimeDelta = TimeDelta::days(60);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    request: Vec<Written>,
}

/// A request as the files tell it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    by: String,
    /// Counted back from the end of the history, e.g. `3d 4h 20m`.
    #[serde(deserialize_with = "span")]
    ago: TimeDelta,
    severity: Severity,
    subject: String,
    text: String,
    /// Keys of people, or addresses.
    #[serde(default)]
    cc: Vec<String>,
    #[serde(default)]
    step: Vec<Step>,
}

/// What happened to it later.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Step {
    by: String,
    /// Counted from the request.
    #[serde(deserialize_with = "span")]
    after: TimeDelta,
    text: Option<String>,
    /// A note among agents.
    #[serde(default)]
    note: bool,
    status: Option<Status>,
    severity: Option<Severity>,
    /// The requester marked it as solved.
    #[serde(default)]
    solved: bool,
}

/// Tells all of it so that it ends at `now`; returns how many requests there are.
pub(super) async fn relive(conn: &mut Conn, rules: &Rules, now: Time) -> Result<usize, DemoError> {
    let cast = cast(conn, rules, now - BEGINNING).await?;
    let mut written = Vec::new();
    for file in FILES {
        let story: Story = toml::from_str(file).map_err(Box::new)?;
        written.extend(story.request);
    }
    // All that happened in the order of time, so that numbers and ids grow as they would have.
    let mut moments = Vec::new();
    for (at, request) in written.iter().enumerate() {
        let made = now - request.ago;
        moments.push((made, at, None));
        for step in &request.step {
            moments.push((made + step.after, at, Some(step)));
        }
    }
    moments.sort_by_key(|(time, ..)| *time);

    let mut numbers: BTreeMap<usize, RequestId> = BTreeMap::new();
    for (time, at, step) in moments {
        let Some(request) = written.get(at) else { continue };
        let by = somebody(&cast, step.map_or(&request.by, |step| &step.by))?;
        let call = Call { rules, by, channel: "web", at: time };
        let refused = |refusal| DemoError::Refused { subject: request.subject.clone(), refusal };
        match (step, numbers.get(&at)) {
            (None, _) => {
                let draft = draft(request, &cast);
                let (made, _) = intake::create(conn, call, None, &draft).await.map_err(refused)?;
                numbers.insert(at, made.id);
            }
            (Some(step), Some(id)) => take(conn, call, *id, step).await.map_err(refused)?,
            (Some(_), None) => {
                let text = format!("a step goes before its request {:?}", request.subject);
                return Err(DemoError::Story(text));
            }
        }
    }
    Ok(written.len())
}

/// Everybody of the history by key.
async fn cast(
    conn: &mut Conn,
    rules: &Rules,
    at: Time,
) -> Result<BTreeMap<&'static str, Viewer>, DemoError> {
    let mut cast = BTreeMap::new();
    for person in &PEOPLE {
        let user = people::sign_in(conn, rules, &person.claims(at), at).await?;
        cast.insert(person.key, Viewer::load(conn, user).await?);
    }
    for (key, name, email) in AGENTS {
        let user = people::employ(conn, email, Some(name), Role::Agent, at).await?;
        cast.insert(key, Viewer::load_staff(conn, user).await?);
    }
    Ok(cast)
}

fn somebody<'a>(
    cast: &'a BTreeMap<&'static str, Viewer>,
    key: &str,
) -> Result<&'a Viewer, DemoError> {
    cast.get(key).ok_or_else(|| DemoError::Story(format!("nobody is called {key}")))
}

fn draft(written: &Written, cast: &BTreeMap<&'static str, Viewer>) -> NewRequest {
    let copy = |who: &String| {
        let known = cast.get(who.as_str()).map(|user| user.email.clone());
        EmailCc { user_email: Some(known.unwrap_or_else(|| who.clone())), ..EmailCc::default() }
    };
    NewRequest {
        subject: Some(written.subject.clone()),
        comment: Some(NewComment { body: Some(written.text.clone()), ..NewComment::default() }),
        priority: Some(written.severity.into()),
        email_ccs: written.cc.iter().map(copy).collect(),
        ..NewRequest::default()
    }
}

/// One step, as the person of the call takes it: agents work on tickets, others on requests.
async fn take(conn: &mut Conn, call: Call<'_>, id: RequestId, step: &Step) -> Result<(), Refusal> {
    let public = !step.note;
    let comment = step.text.clone().map(|text| NewComment {
        body: Some(text),
        public: Some(public),
        ..NewComment::default()
    });
    if !call.by.is_staff() {
        let change = RequestChange {
            comment,
            solved: step.solved.then_some(Flag::Bool(true)),
            ..RequestChange::default()
        };
        return reply::update(conn, call, id, &change).await.map(drop);
    }
    let change = TicketChange {
        comment,
        status: step.status,
        priority: step.severity.map(Into::into),
        // Whoever answers works on it.
        assignee_id: public.then_some(Some(call.by.id.0)),
        ..TicketChange::default()
    };
    desk::update(conn, call, id, &change).await.map(drop)
}

/// Reads `1d 4h 20m`.
fn span<'de, D: Deserializer<'de>>(from: D) -> Result<TimeDelta, D::Error> {
    let text = String::deserialize(from)?;
    let part = |part: &str| {
        let (number, unit) = part.split_at_checked(part.len().checked_sub(1)?)?;
        let number: i64 = number.parse().ok()?;
        match unit {
            "d" => TimeDelta::try_days(number),
            "h" => TimeDelta::try_hours(number),
            "m" => TimeDelta::try_minutes(number),
            _ => None,
        }
    };
    let parts: Option<Vec<TimeDelta>> = text.split_whitespace().map(part).collect();
    parts
        .map(|parts| parts.into_iter().sum())
        .ok_or_else(|| D::Error::custom(format!("{text:?} is not like 1d 4h 20m")))
}
