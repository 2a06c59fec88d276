//! The event stream: who listens, what wakes them, and what they are told.
//!
//! One task follows the commits while anybody listens. It reads the new events once, finds in memory
//! whom each concerns, and rings at those; each then reads what is theirs and is told what they may
//! know at that moment. A listener's cursor moves only over events that are committed and noted, so
//! none is lost or told twice between what the database had and what happens now.

mod registry;
mod stream;

pub use stream::open;

use crate::{
    AppState,
    domain::news::Reader,
    error::Error,
    store::{EventId, RequestId, StoreError, UserId, ccs, events::news},
};
use registry::{Concern, Due, Mailbox, Refused, Registry, locked};
use std::{
    sync::{Arc, Mutex},
    time::Duration,
};
use tokio::sync::watch;

/// Events that are read at once.
const BATCH: i64 = 500;

/// How long to wait before the next try when the database fails.
const BREATH: Duration = Duration::from_secs(1);

/// Seconds after which somebody who was refused may try again.
const RETRY: i64 = 30;

/// Everybody who listens.
#[derive(Debug, Default)]
pub struct Hub {
    registry: Mutex<Registry>,
    /// Whether the task runs. Held while that changes, so that nobody comes in unnoticed.
    running: tokio::sync::Mutex<bool>,
}

/// A listener's place among the others, for as long as it is held.
struct Seat {
    state: AppState,
    person: UserId,
    concerns: Vec<Concern>,
    mailbox: Arc<Mailbox>,
}

impl Hub {
    /// How many listen.
    #[must_use]
    pub fn count(&self) -> usize {
        locked(&self.registry).count()
    }
}

impl Seat {
    /// Takes a place, and the position from which on the mailbox is told of events.
    async fn take(
        state: &AppState,
        person: UserId,
        reader: &Reader,
    ) -> Result<(Self, EventId), Error> {
        let concerns = concerns_of(reader);
        let hub = &state.hub;
        let mut running = hub.running.lock().await;
        if !*running {
            let commits = state.store.commits();
            let last = news::last(&mut *state.store.read().await?).await?;
            locked(&hub.registry).begin(last);
            tokio::spawn(follow(state.clone(), commits));
            *running = true;
        }
        let mut registry = locked(&hub.registry);
        let limits = &state.config.events;
        let mailbox = registry
            .enter(person, &concerns, limits.streams_per_person, limits.streams)
            .map_err(|refused| match refused {
                Refused::Person => Error::TooManyCalls { wait: RETRY },
                Refused::All => Error::Full { wait: RETRY },
            })?;
        let position = registry.position();
        drop(registry);
        Ok((Self { state: state.clone(), person, concerns, mailbox }, position))
    }

    /// Whether it is still the right one for a reader, whose rights may have changed.
    fn suits(&self, reader: &Reader) -> bool {
        self.concerns == concerns_of(reader)
    }

    /// Waits until something happened.
    async fn rung(&self) {
        self.mailbox.rung().await;
    }

    /// What happened, up to which event.
    fn due(&self) -> (Due, EventId) {
        locked(&self.state.hub.registry).take(&self.mailbox)
    }
}

/// By what a reader's events are found. An organization's are theirs only when they see all of it.
fn concerns_of(reader: &Reader) -> Vec<Concern> {
    match reader {
        Reader::Staff => vec![Concern::Staff],
        Reader::EndUser(viewer) => {
            let organizations = viewer.shared().map(Concern::Organization);
            [Concern::Person(viewer.id)].into_iter().chain(organizations).collect()
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut registry = locked(&self.state.hub.registry);
        registry.leave(self.person, &self.concerns, &self.mailbox);
    }
}

/// Follows the commits until nobody listens or the server stops.
async fn follow(state: AppState, mut commits: watch::Receiver<u64>) {
    let mut stopping = state.stopping.subscribe();
    loop {
        tokio::select! {
            Ok(()) = commits.changed() => {}
            _ = stopping.wait_for(|stopping| *stopping) => break,
            else => break,
        }
        if locked(&state.hub.registry).count() == 0 {
            // Looked at again under the lock: somebody may just be coming in.
            let mut running = state.hub.running.lock().await;
            if locked(&state.hub.registry).count() == 0 {
                *running = false;
                return;
            }
        }
        while let Err(error) = note(&state).await {
            tracing::warn!(%error, "listeners wait for events that cannot be read");
            tokio::time::sleep(BREATH).await;
        }
    }
    *state.hub.running.lock().await = false;
}

/// Notes all that happened since the last look.
async fn note(state: &AppState) -> Result<(), StoreError> {
    loop {
        let position = locked(&state.hub.registry).position();
        let mut read = state.store.read().await?;
        let events = news::heads(&mut read, position, BATCH).await?;
        if events.is_empty() {
            return Ok(());
        }
        let mut requests: Vec<RequestId> = events.iter().map(|event| event.request_id).collect();
        requests.sort_unstable();
        requests.dedup();
        let copied = ccs::of_many(&mut read, &requests).await?;
        drop(read);
        locked(&state.hub.registry).note(&events, &copied);
    }
}
