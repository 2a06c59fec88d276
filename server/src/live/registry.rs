//! Who listens, found by whom an event concerns: so a commit wakes those few and nobody else,
//! however many listen.

use crate::store::{EventId, OrganizationId, RequestId, UserId, events::news::Head};
use std::{
    collections::{BTreeSet, HashMap},
    mem,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};
use tokio::sync::Notify;

/// Requests that are noted one by one for a listener; beyond that, all are looked at.
const NOTED: usize = 200;

/// By what a listener is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Concern {
    Person(UserId),
    Organization(OrganizationId),
    /// Everything concerns the staff.
    Staff,
}

/// What waits for a listener.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Due {
    /// Requests to which something happened. Not all of them, when `all` says so.
    pub(super) requests: BTreeSet<RequestId>,
    /// There were too many to be noted.
    pub(super) all: bool,
}

/// One listener's mailbox.
#[derive(Debug, Default)]
pub(super) struct Mailbox {
    due: Mutex<Due>,
    rings: Notify,
}

impl Mailbox {
    /// Waits until there is something, be it from before.
    pub(super) async fn rung(&self) {
        self.rings.notified().await;
    }

    fn note(&self, request: RequestId) {
        let mut due = locked(&self.due);
        if due.requests.len() < NOTED {
            due.requests.insert(request);
        } else if !due.requests.contains(&request) {
            due.all = true;
        }
    }
}

/// All listeners.
#[derive(Debug)]
pub(super) struct Registry {
    /// Every event up to here is noted for those whom it concerns.
    position: EventId,
    concerned: HashMap<Concern, Vec<Arc<Mailbox>>>,
    /// Listeners by person, for the limit.
    people: HashMap<UserId, usize>,
    count: usize,
}

/// Why somebody cannot listen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refused {
    /// They do already, often enough.
    Person,
    /// Too many do.
    All,
}

impl Default for Registry {
    fn default() -> Self {
        let position = EventId(0);
        Self { position, concerned: HashMap::new(), people: HashMap::new(), count: 0 }
    }
}

impl Registry {
    /// Every event up to here is noted for those whom it concerns.
    #[must_use]
    pub(super) fn position(&self) -> EventId {
        self.position
    }

    /// Begins anew at an event, when nobody listens.
    pub(super) fn begin(&mut self, position: EventId) {
        self.position = position;
    }

    /// Takes what waits for a listener, which is of events up to the position and no further.
    pub(super) fn take(&self, mailbox: &Mailbox) -> (Due, EventId) {
        (mem::take(&mut *locked(&mailbox.due)), self.position)
    }

    /// Adds a listener.
    ///
    /// # Errors
    /// When there are too many.
    pub(super) fn enter(
        &mut self,
        person: UserId,
        concerns: &[Concern],
        most_of_person: usize,
        most: usize,
    ) -> Result<Arc<Mailbox>, Refused> {
        if self.people.get(&person).is_some_and(|count| *count >= most_of_person) {
            return Err(Refused::Person);
        }
        if self.count >= most {
            return Err(Refused::All);
        }
        let mailbox = Arc::new(Mailbox::default());
        for concern in concerns {
            self.concerned.entry(*concern).or_default().push(Arc::clone(&mailbox));
        }
        *self.people.entry(person).or_default() += 1;
        self.count += 1;
        Ok(mailbox)
    }

    /// Takes a listener away.
    pub(super) fn leave(&mut self, person: UserId, concerns: &[Concern], mailbox: &Arc<Mailbox>) {
        for concern in concerns {
            if let Some(listeners) = self.concerned.get_mut(concern) {
                listeners.retain(|other| !Arc::ptr_eq(other, mailbox));
                if listeners.is_empty() {
                    self.concerned.remove(concern);
                }
            }
        }
        if let Some(count) = self.people.get_mut(&person) {
            *count -= 1;
            if *count == 0 {
                self.people.remove(&person);
            }
        }
        self.count -= 1;
    }

    /// How many listen.
    #[must_use]
    pub(super) fn count(&self) -> usize {
        self.count
    }

    /// Notes events in their order, each with those copied on its request, and rings where it
    /// concerns somebody. What is private concerns the staff alone.
    pub(super) fn note(&mut self, events: &[Head], copied: &[(RequestId, UserId)]) {
        for event in events {
            let mut concerns = vec![Concern::Staff];
            if event.public {
                concerns.push(Concern::Person(event.requester_id));
                concerns.extend(event.organization_id.map(Concern::Organization));
                let copied = copied.iter().filter(|(request, _)| *request == event.request_id);
                concerns.extend(copied.map(|(_, user)| Concern::Person(*user)));
            }
            for mailbox in concerns.iter().filter_map(|it| self.concerned.get(it)).flatten() {
                mailbox.note(event.request_id);
                mailbox.rings.notify_one();
            }
            self.position = event.id;
        }
    }
}

pub(super) fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
