//! Writes the world into the server's tables. Columns are named, so that a migration that adds one
//! without a default is noticed; what the server derives is derived by the server's own functions.

use super::{
    history::{self, History, agent, organization, user},
    world::{AGENTS, World},
};
use anyhow::Result;
use api::audit::AuditChange;
use handrail_server::{auth::token_digest, config::Config, domain::Rules};
use rusqlite::{Connection, Transaction, params};

/// When everybody was first seen: before the first request.
const FIRST_SEEN: i64 = 1_698_710_400;
/// Rows between two words about progress.
const WORD_EVERY: usize = 500_000;

/// The token of an agent of the made data; a made-up one, which opens nothing else.
pub(crate) fn agent_token(index: u32) -> String {
    format!("bench-agent-{index}")
}

/// The address of an agent.
pub(crate) fn agent_email(index: u32) -> String {
    format!("agent{index}@support.example")
}

/// The host's own id of a person.
pub(crate) fn external_id(person: u32) -> String {
    format!("host-{person}")
}

/// The host's own id of a customer.
pub(crate) fn organization_external_id(index: u32) -> String {
    format!("customer-{index}")
}

/// Whether a customer lets all its people see its requests: every second one does.
pub(crate) fn shares(index: u32) -> bool {
    index.is_multiple_of(2)
}

/// Fills empty tables.
pub(super) fn fill(conn: &mut Connection, world: &World, progress: &dyn Fn(&str)) -> Result<()> {
    let rules = Config::default().rules()?;
    let tx = conn.transaction()?;
    organizations(&tx, world)?;
    people(&tx, world)?;
    progress("requests");
    let order = requests(&tx, world, &rules)?;
    progress("comments");
    comments(&tx, world, &rules, &order, progress)?;
    tx.commit()?;
    Ok(())
}

fn organizations(tx: &Transaction<'_>, world: &World) -> Result<()> {
    let mut insert = tx.prepare(
        "INSERT INTO organizations \
         (id, external_id, name, plan, shared_tickets, shared_comments, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
    )?;
    for (at, customer) in (0..).zip(&world.organizations) {
        insert.execute(params![
            organization(at).0,
            organization_external_id(at),
            customer.name,
            customer.plan,
            shares(at),
            shares(at),
            FIRST_SEEN
        ])?;
    }
    Ok(())
}

fn people(tx: &Transaction<'_>, world: &World) -> Result<()> {
    let mut insert = tx.prepare(
        "INSERT INTO users \
         (id, external_id, email, name, role, organization_id, created_at, updated_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7)",
    )?;
    let mut member = tx.prepare(
        "INSERT INTO organization_memberships \
         (user_id, organization_id, by_host, created_at, updated_at) \
         VALUES ($1, $2, TRUE, $3, $3)",
    )?;
    let mut token =
        tx.prepare("INSERT INTO agent_tokens (user_id, digest, created_at) VALUES ($1, $2, $3)")?;
    for at in 0..AGENTS {
        let name = format!("Agent {at}");
        let none: Option<String> = None;
        let id = agent(at).0;
        insert.execute(params![id, none, agent_email(at), name, "agent", none, FIRST_SEEN])?;
        token.execute(params![id, token_digest(&agent_token(at)), FIRST_SEEN])?;
    }
    for (at, person) in (0..).zip(&world.people) {
        insert.execute(params![
            user(at).0,
            external_id(at),
            person.email,
            person.name,
            "end-user",
            organization(person.organization).0,
            FIRST_SEEN
        ])?;
        member.execute(params![user(at).0, organization(person.organization).0, FIRST_SEEN])?;
    }
    Ok(())
}

/// A comment's place in time: when, of which request, the how-manieth.
type Turn = (i64, u32, u8);

/// Writes the requests, without saying when they were solved: the server would close them during a
/// run, for all of it is long ago. Returns the order in which all comments were made, for a real
/// table of comments has those of one request far apart.
fn requests(tx: &Transaction<'_>, world: &World, rules: &Rules) -> Result<Vec<Turn>> {
    let mut insert = tx.prepare(
        "INSERT INTO requests \
         (id, subject, description, status, priority, type, requester_id, submitter_id, \
          organization_id, assignee_id, plan, channel, first_reply_due_at, first_reply_seconds, \
          first_reply_business_hours, first_replied_at, created_at, updated_at, \
          public_updated_at, public) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, \
          $18, TRUE)",
    )?;
    let mut copy = tx.prepare(
        "INSERT INTO request_ccs \
         (request_id, user_id, added_at, status, created_at, public_updated_at, public) \
         VALUES ($1, $2, $3, $4, $3, $5, TRUE)",
    )?;
    let mut order = Vec::with_capacity(world.owners.len() * 3);
    for at in 0..world.size.requests {
        let history = History::of(world, rules, at);
        let created = history.clock.started_at.timestamp();
        let seen = history.public_updated_at().timestamp();
        insert.execute(params![
            history.id.0,
            history::subject(world, at),
            history::body(world, at, 0),
            history.status.name(),
            history.severity.priority(),
            history.kind,
            history.requester.0,
            history.organization.0,
            history.assignee.map(|agent| agent.0),
            history.plan,
            history.channel,
            history.clock.due_at.timestamp(),
            history.clock.target.seconds,
            history.clock.target.business_hours,
            history.clock.fulfilled_at.map(|at| at.timestamp()),
            created,
            history.updated_at().timestamp(),
            seen,
        ])?;
        for person in &history.copied {
            let status = history.status.name();
            copy.execute(params![history.id.0, person.0, created, status, seen])?;
        }
        order.extend(
            (0..).zip(&history.said).map(|(comment, said)| (said.at.timestamp(), at, comment)),
        );
    }
    order.sort_unstable();
    Ok(order)
}

fn comments(
    tx: &Transaction<'_>,
    world: &World,
    rules: &Rules,
    order: &[Turn],
    progress: &dyn Fn(&str),
) -> Result<()> {
    let mut event = tx.prepare(
        "INSERT INTO events (id, request_id, author_id, kind, public, channel, detail, created_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )?;
    let mut comment = tx.prepare(
        "INSERT INTO comments \
         (id, request_id, event_id, author_id, body, public, channel, created_at) \
         VALUES ($1, $2, $1, $3, $4, $5, $6, $7)",
    )?;
    for (id, (at, request, turn)) in (1_i64..).zip(order) {
        let history = History::of(world, rules, *request);
        let Some(said) = history.said.get(usize::from(*turn)) else { continue };
        let number = history.id.0;
        let kind = if *turn == 0 { "request.created" } else { "request.updated" };
        let detail = serde_json::to_string(&changes(world, *request, &history, *turn))?;
        let author = said.author.0;
        let channel = history.channel;
        event.execute(params![id, number, author, kind, said.public, channel, detail, at])?;
        let body = history::body(world, *request, usize::from(*turn));
        comment.execute(params![id, number, author, body, said.public, channel, at])?;
        if (id as usize).is_multiple_of(WORD_EVERY) {
            progress(&format!("comments: {id} of {}", order.len()));
        }
    }
    Ok(())
}

/// What the audit of a comment says beside the comment.
fn changes(world: &World, request: u32, history: &History, turn: u8) -> Vec<AuditChange> {
    let made = |field: &str, value: String| AuditChange::Create {
        field_name: field.to_owned(),
        value: Some(value),
    };
    match turn {
        0 => vec![
            made("subject", history::subject(world, request)),
            made("status", String::from("new")),
            made("priority", history.severity.priority().to_owned()),
        ],
        1 => vec![AuditChange::Change {
            field_name: String::from("status"),
            value: Some(String::from("open")),
            previous_value: Some(String::from("new")),
        }],
        _ => Vec::new(),
    }
}
