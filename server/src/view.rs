//! Rows as the wire shows them. What a person may not see is left out here or was never loaded.

use crate::{
    AppState,
    caller::Caller,
    domain::{
        prose,
        rights::{Viewer, removable, rights},
    },
    store::{RequestId, UserId, comments::Comment, requests::Request, users::User},
};
use api::{
    Time,
    audit::Metadata,
    comment::Author,
    priority::Priority,
    request::{Can, Status, Via},
    sla_metrics::{PolicyMetric, Slas},
    ticket::{Ticket, TicketComment},
    user::Person,
};
use sla::Schedule;

mod attachment;
mod people;

pub use attachment::{Attached, attachment, upload};
pub use people::{
    agent_token, colleague, identity, membership, myself, organization, organization_record,
    subscription, user_record,
};

/// What `include=slas` adds.
pub struct Clocks<'a> {
    pub now: Time,
    pub schedule: &'a Schedule,
}

impl<'a> Clocks<'a> {
    /// The clocks, if the caller asked for them.
    #[must_use]
    pub fn wanted(state: &'a AppState, caller: &Caller) -> Option<Self> {
        caller.query.lists("include", "slas").then(|| Self::new(state))
    }

    /// The clocks, as they stand now.
    #[must_use]
    pub fn new(state: &'a AppState) -> Self {
        Self { now: state.env.now(), schedule: &state.rules.policy.schedule }
    }

    /// What the clock of a request says.
    #[must_use]
    pub fn of(&self, request: &Request) -> Slas {
        let clock = &request.clock;
        // Nobody waits for a first reply to what is solved without one.
        let over = matches!(request.status, Status::Solved | Status::Closed);
        if over && clock.fulfilled_at.is_none() {
            return Slas::default();
        }
        let left = clock.remaining(self.now, self.schedule);
        let (days, hours, minutes) = match left.num_seconds().abs() {
            86_400.. => (Some(left.num_days()), None, None),
            3_600.. => (None, Some(left.num_hours()), None),
            _ => (None, None, Some(left.num_minutes())),
        };
        let metric = PolicyMetric {
            metric: String::from("first_reply_time"),
            stage: clock.stage(self.now, self.schedule),
            breach_at: Some(clock.due_at),
            days,
            hours,
            minutes,
            target_in_seconds: Some(clock.target.seconds),
            business_hours: clock.target.business_hours,
            fulfilled_at: clock.fulfilled_at,
        };
        Slas { policy_metrics: vec![metric] }
    }
}

/// A request as an end user sees it.
#[must_use]
pub fn request(
    caller: &Caller,
    viewer: &Viewer,
    row: Request,
    copied: &[UserId],
    clocks: Option<&Clocks<'_>>,
) -> api::request::Request {
    let copied_ids = ids(copied);
    let granted = rights(viewer, &row, copied);
    let uncc = removable(viewer, &row, copied);
    let slas = clocks.map(|clocks| clocks.of(&row));
    api::request::Request {
        url: caller.record("requests", row.id.0),
        id: row.id.0,
        status: Some(row.status),
        priority: Some(Priority::from(row.severity)),
        r#type: row.kind,
        subject: row.subject,
        description: row.description,
        organization_id: row.organization_id.map(|id| id.0),
        custom_status_id: None,
        via: via(row.channel),
        fields: row.custom_fields.clone(),
        custom_fields: row.custom_fields,
        requester_id: Some(row.requester_id.0),
        collaborator_ids: copied_ids.clone(),
        email_cc_ids: copied_ids,
        is_public: true,
        due_at: row.due_at,
        can_be_solved_by_me: granted.solve,
        solved: matches!(row.status, Status::Solved | Status::Closed),
        created_at: Some(row.created_at),
        updated_at: Some(row.public_updated_at),
        recipient: row.recipient,
        followup_source_id: row.followup_source_id.map(|id| id.0),
        assignee_id: row.assignee_id.map(|id| id.0),
        group_id: None,
        ticket_form_id: None,
        can: Some(Can {
            comment: granted.comment,
            solve: granted.solve,
            cc: granted.cc,
            uncc: ids(&uncc),
        }),
        slas,
    }
}

/// A new request as its sender sees it who did not sign in: what was sent and its number. Nothing
/// that tells whether the address is known here, or by whom.
#[must_use]
pub fn receipt(caller: &Caller, viewer: &Viewer, row: Request) -> api::request::Request {
    api::request::Request {
        requester_id: None,
        organization_id: None,
        can: Some(Can::default()),
        ..request(caller, viewer, row, &[], None)
    }
}

/// A request as an agent sees it. `followups` are those that go on with it.
#[must_use]
pub fn ticket(
    caller: &Caller,
    row: Request,
    copied: &[UserId],
    followups: &[RequestId],
    clocks: Option<&Clocks<'_>>,
) -> Ticket {
    let copied = ids(copied);
    let slas = clocks.map(|clocks| clocks.of(&row));
    Ticket {
        url: caller.record("tickets", row.id.0),
        id: row.id.0,
        external_id: row.external_id,
        via: via(row.channel),
        created_at: row.created_at,
        updated_at: row.updated_at,
        generated_timestamp: row.updated_at.timestamp(),
        r#type: row.kind,
        raw_subject: row.subject.clone(),
        subject: row.subject,
        description: row.description,
        priority: Some(Priority::from(row.severity)),
        status: row.status,
        recipient: row.recipient,
        requester_id: row.requester_id.0,
        submitter_id: row.submitter_id.0,
        assignee_id: row.assignee_id.map(|id| id.0),
        organization_id: row.organization_id.map(|id| id.0),
        group_id: None,
        collaborator_ids: copied.clone(),
        follower_ids: ids(&row.follower_ids),
        email_cc_ids: copied,
        problem_id: None,
        has_incidents: false,
        is_public: row.public,
        due_at: row.due_at,
        tags: row.tags,
        fields: row.custom_fields.clone(),
        custom_fields: row.custom_fields,
        followup_source_id: row.followup_source_id.map(|id| id.0),
        followup_ids: followups.iter().map(|id| id.0).collect(),
        ticket_form_id: None,
        brand_id: None,
        allow_channelback: false,
        allow_attachments: true,
        from_messaging_channel: false,
        slas,
    }
}

/// A public comment as an end user sees it.
#[must_use]
pub fn comment(caller: &Caller, row: &Comment, files: &Attached) -> api::comment::Comment {
    api::comment::Comment {
        id: row.id.0,
        r#type: String::from("Comment"),
        request_id: Some(row.request_id.0),
        author_id: Some(row.author_id.0),
        body: row.body.clone(),
        html_body: prose::to_html(&row.body, row.html.as_deref()),
        plain_body: row.body.clone(),
        public: row.public,
        attachments: files.of(caller, row.id),
        created_at: Some(row.created_at),
    }
}

/// A comment or note as an agent sees it.
#[must_use]
pub fn ticket_comment(caller: &Caller, row: &Comment, files: &Attached) -> TicketComment {
    TicketComment {
        id: row.id.0,
        r#type: String::from("Comment"),
        author_id: row.author_id.0,
        body: row.body.clone(),
        html_body: prose::to_html(&row.body, row.html.as_deref()),
        plain_body: row.body.clone(),
        public: row.public,
        attachments: files.of(caller, row.id),
        audit_id: row.event_id.map(|id| id.0),
        via: via(row.channel.clone()),
        metadata: Metadata::default(),
        created_at: row.created_at,
    }
}

/// Somebody beside comments. No address, by design of the contract.
#[must_use]
pub fn author(row: &User) -> Author {
    Author {
        id: row.id.0,
        name: row.name.clone(),
        photo: None,
        agent: row.is_staff(),
        organization_id: row.organization_id.map(|id| id.0),
    }
}

/// Somebody beside requests. No address here either.
#[must_use]
pub fn person(row: &User) -> Person {
    Person {
        id: row.id.0,
        name: row.name.clone(),
        alias: None,
        photo: None,
        agent: row.is_staff(),
        organization_id: row.organization_id.map(|id| id.0),
    }
}

/// The stand-in for a caller without credentials.
#[must_use]
pub fn nobody() -> api::user::User {
    api::user::User {
        name: String::from("Anonymous user"),
        role: String::from("end-user"),
        ..api::user::User::default()
    }
}

fn via(channel: String) -> Via {
    Via { channel, ..Via::default() }
}

fn ids(users: &[UserId]) -> Vec<i64> {
    users.iter().map(|id| id.0).collect()
}
