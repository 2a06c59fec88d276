//! Tickets as an agent sees them, with what was asked to come beside them.

use crate::{
    AppState,
    caller::Caller,
    domain::desk::Changed,
    error::Error,
    routes::page::Copies,
    store::{
        Conn, RequestId,
        requests::{self, Request},
    },
    view::{self, Clocks},
};
use api::{
    ticket::{Ticket, TicketEnvelope},
    user::UserRecord,
};

/// What is to come beside tickets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::routes) struct With {
    pub(in crate::routes) users: bool,
    pub(in crate::routes) slas: bool,
}

impl With {
    /// What the caller asked for.
    pub(in crate::routes) fn asked(caller: &Caller) -> Self {
        let wants = |name| caller.query.sideloads("tickets", name);
        Self { users: wants("users"), slas: wants("slas") }
    }
}

/// Tickets and those involved.
pub(in crate::routes) struct Shown {
    pub(in crate::routes) tickets: Vec<Ticket>,
    pub(in crate::routes) users: Option<Vec<UserRecord>>,
}

impl Shown {
    /// Gathers what belongs to some rows.
    pub(in crate::routes) async fn of(
        state: &AppState,
        caller: &Caller,
        conn: &mut Conn,
        rows: Vec<Request>,
        with: With,
    ) -> Result<Self, Error> {
        let copies = Copies::of(conn, &rows).await?;
        let ids: Vec<RequestId> = rows.iter().map(|row| row.id).collect();
        let followups = requests::followups(conn, &ids).await?;
        let users = match with.users {
            true => {
                let submitters = rows.iter().map(|row| row.submitter_id);
                let followers = rows.iter().flat_map(|row| row.follower_ids.iter().copied());
                let people = copies.people(conn, &rows, submitters.chain(followers)).await?;
                Some(people.iter().map(|user| view::user_record(caller, user)).collect())
            }
            false => None,
        };
        let clocks = with.slas.then(|| Clocks::new(state));
        let ticket = |row: Request| {
            let next = followups.iter().filter(|(source, _)| *source == row.id);
            let next: Vec<RequestId> = next.map(|(_, id)| *id).collect();
            let copied = copies.on(row.id);
            view::ticket(caller, row, copied, &next, clocks.as_ref())
        };
        Ok(Self { tickets: rows.into_iter().map(ticket).collect(), users })
    }
}

/// A ticket after a change.
pub(super) fn changed(state: &AppState, caller: &Caller, done: Changed) -> TicketEnvelope {
    let clocks = With::asked(caller).slas.then(|| Clocks::new(state));
    // Nothing goes on with a ticket that can still change.
    let ticket = view::ticket(caller, done.request, &done.copied, &[], clocks.as_ref());
    TicketEnvelope { ticket, audit: done.audit, users: None }
}
