//! Work on many tickets, one at a time.

use super::{create, update};
use crate::{
    domain::{Call, Invalid, Refusal},
    store::{RequestId, sqlite::Conn},
};
use api::{
    job_status::JobResult,
    ticket_change::{NewTicket, OneTicketChange, TicketChange},
};
use serde::{Deserialize, Serialize};

/// Tickets of one piece of work.
pub const MOST: usize = 100;

/// What is to be done. It is kept as JSON until it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// One change to all.
    Same { ids: Vec<i64>, change: Box<TicketChange> },
    /// A change to each.
    Each { changes: Vec<OneTicketChange> },
    /// New ones.
    Make { drafts: Vec<NewTicket> },
}

impl Work {
    /// How many tickets it is about.
    #[must_use]
    pub fn total(&self) -> usize {
        match self {
            Self::Same { ids, .. } => ids.len(),
            Self::Each { changes } => changes.len(),
            Self::Make { drafts } => drafts.len(),
        }
    }

    /// Does one part, and says which ticket that was.
    ///
    /// # Errors
    /// As the call for one ticket has them.
    pub async fn one(
        &self,
        conn: &mut Conn,
        call: Call<'_>,
        index: usize,
    ) -> Result<RequestId, Refusal> {
        let none = || Refusal::from(Invalid::one("id", "BlankValue", "Id: cannot be blank"));
        let (id, change) = match self {
            Self::Same { ids, change } => (ids.get(index).copied(), change.as_ref()),
            Self::Each { changes } => {
                let one = changes.get(index).ok_or_else(none)?;
                (one.id, &one.change)
            }
            Self::Make { drafts } => {
                let draft = drafts.get(index).ok_or_else(none)?;
                return Ok(create(conn, call, draft).await?.request.id);
            }
        };
        Ok(update(conn, call, RequestId(id.ok_or_else(none)?), change).await?.request.id)
    }

    /// What is told of one part.
    #[must_use]
    pub fn result(&self, index: usize, outcome: Result<RequestId, Refusal>) -> JobResult {
        let (action, done) = match self {
            Self::Make { .. } => ("create", "Created"),
            _ => ("update", "Updated"),
        };
        let named = match self {
            Self::Same { ids, .. } => ids.get(index).copied(),
            Self::Each { changes } => changes.get(index).and_then(|one| one.id),
            Self::Make { .. } => None,
        };
        let told = outcome.as_ref().err().map(Refusal::told);
        JobResult {
            index: i64::try_from(index).unwrap_or_default(),
            id: outcome.as_ref().ok().map(|id| id.0).or(named),
            action: String::from(action),
            success: outcome.is_ok(),
            status: String::from(if outcome.is_ok() { done } else { "Failed" }),
            error: told.as_ref().map(|(code, _)| (*code).to_owned()),
            details: told.map(|(_, text)| text),
        }
    }
}
