//! What is known of all of a person's requests: the lists as they were left, what has happened since
//! one last looked, and which requests have changed while they are open.

use super::shelf::Shelf;
use crate::{
    client::{Error, SharingOrganization},
    features::{
        drafts::SEEN,
        session::{Memory, Session, Shared},
    },
    state::{
        seen::Seen,
        view::{List, View},
    },
    ui::var::Var,
};
use api::{comment::Author, request::Request};
use leptos::prelude::window;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};
use web_sys::Storage;

/// When something last happened to each of the latest requests.
type Heads = Vec<(i64, i64)>;

/// One person's requests. All of it is forgotten with the person.
#[derive(Default)]
pub struct Inbox {
    /// The person's own number; 0 while it is not known.
    pub(super) me: Cell<i64>,
    pub(super) seen: RefCell<Option<Seen>>,
    /// The request that is open, and up to when it was seen before that.
    opened: Cell<(i64, i64)>,
    /// Nothing is stored before the person has gone to a list or a request, or written one.
    acts: Cell<bool>,
    heads: [RefCell<Option<Heads>>; 3],
    shelves: RefCell<[Rc<Shelf>; 3]>,
    changes: Var<Vec<(i64, u32)>>,
    /// Whoever has to do with the requests of an organization.
    people: RefCell<Vec<Author>>,
    /// Those that share their requests with the person, once they are known.
    pub organizations: Var<Option<Vec<SharingOrganization>>>,
}

impl Shared {
    /// The person's requests, from the first time that the later part asks for them.
    #[must_use]
    pub fn inbox(&self) -> &Inbox {
        self.memory.get_or_init(|| Box::new(Inbox::default())).inbox()
    }
}

impl Memory for Inbox {
    fn inbox(&self) -> &Inbox {
        self
    }

    /// What they have seen stays in the browser's storage, for when they come back.
    fn forget(&self) {
        self.me.set(0);
        self.acts.set(false);
        self.seen.replace(None);
        for head in &self.heads {
            head.replace(None);
        }
        self.shelves.replace(Default::default());
        self.changes.set(Vec::new());
        self.people.take();
        self.organizations.set(None);
    }

    /// It is no news to them.
    fn wrote(&self, session: &Shared) {
        if let Some(seen) = self.seen.borrow_mut().as_mut() {
            for (request, at) in session.written.take() {
                self.acts.set(true);
                seen.mark(request, at);
            }
        }
    }
}

impl Inbox {
    /// How often a request has changed since the panel was opened; followed. A view of the request
    /// asks for it again when this changes.
    #[must_use]
    pub fn changes_of(&self, request: i64) -> u32 {
        let changes = self.changes.read();
        changes.iter().find(|(id, _)| *id == request).map_or(0, |(_, count)| *count)
    }

    /// Up to when a request was seen before it was opened; `None` for somebody who is here for the first
    /// time.
    #[must_use]
    pub fn seen_before(&self, session: &Session, request: i64) -> Option<i64> {
        let (opened, until) = self.opened.get();
        if opened == request {
            return Some(until);
        }
        // It may be open before it is known who is asking.
        let seen = self.seen.borrow().clone().or_else(|| stored(session));
        Some(seen?.until_of(request))
    }

    /// Whether somebody is the person in front of the page.
    #[must_use]
    pub fn is_me(&self, person: Option<i64>) -> bool {
        person == Some(self.me.get())
    }

    /// Something has happened to a request, whatever it is.
    pub(super) fn note_change(&self, request: i64) {
        self.changes.update(|changes| match changes.iter_mut().find(|(id, _)| *id == request) {
            Some((_, count)) => *count = count.wrapping_add(1),
            None => changes.push((request, 1)),
        });
    }

    /// Notes who people are, before their requests are shown.
    pub(super) fn meet(&self, people: Vec<Author>) {
        let mut known = self.people.borrow_mut();
        for person in people {
            known.retain(|other| other.id != person.id);
            known.push(person);
        }
    }

    /// The name of whoever raised a request, where that is known.
    pub(super) fn requester(&self, request: &Request) -> Option<String> {
        let known = self.people.borrow();
        let person = known.iter().find(|person| Some(person.id) == request.requester_id)?;
        Some(person.name.clone())
    }

    pub(super) fn shelf(&self, list: List) -> Rc<Shelf> {
        Rc::clone(of(list, &self.shelves.borrow()))
    }

    /// Whether something has happened to a request since the person saw it.
    pub(super) fn is_unread(&self, request: &Request) -> bool {
        let me = self.me.get();
        let concerns = request.requester_id == Some(me) || request.email_cc_ids.contains(&me);
        concerns && self.seen.borrow().as_ref().is_some_and(|seen| seen.lacks_request(request))
    }

    /// The organizations that share with the person, asked for once.
    pub(super) async fn find_organizations(
        &self,
        session: &Session,
    ) -> Result<Vec<SharingOrganization>, Error> {
        let known = self.organizations.peek().clone();
        if let Some(known) = known {
            return Ok(known);
        }
        let found = session.client.sharing_organizations().await?;
        self.organizations.set(Some(found.clone()));
        session.shares.set(!found.is_empty());
        Ok(found)
    }

    /// Reads what the person has seen, as far as it was kept.
    pub(super) fn recall(&self, session: &Session) {
        if self.seen.borrow().is_none() {
            // Times are whole seconds; what still happens within this one is not seen yet.
            let now = session.server_time() - 1;
            let seen = stored(session).unwrap_or_else(|| Seen::from(now));
            self.seen.replace(Some(seen));
            self.wrote(session);
        }
    }

    /// Changes what is seen, and counts and keeps what comes of it.
    pub(super) fn see(&self, session: &Session, change: impl FnOnce(&mut Seen)) {
        if let Some(seen) = self.seen.borrow_mut().as_mut() {
            change(seen);
        }
        self.count(session);
    }

    /// The person looks at something: at a request, which is thereby seen, or at a list.
    pub(super) fn look(&self, session: &Session, view: View) {
        let before = self.opened.take();
        if view == View::NewRequest {
            return;
        }
        self.acts.set(true);
        let now = session.server_time();
        self.see(session, |seen| {
            if let View::Request { id, .. } = view {
                let is_same = before.0 == id;
                self.opened.set(if is_same { before } else { (id, seen.until_of(id)) });
                // Both clocks go by whole seconds, so what is known of it may lie a little ahead.
                let known = self.heads.iter().filter_map(|head| {
                    let head = head.borrow();
                    head.iter().flatten().find(|(other, _)| *other == id).map(|(_, at)| *at)
                });
                seen.mark(id, known.max().unwrap_or(now).max(now));
            }
        });
    }

    /// The latest requests of a list have come: which of them have changed since the last time?
    pub(super) fn learn(&self, session: &Session, list: List, rows: Vec<Request>) {
        let head = of(list, &self.heads);
        let latest = rows.iter().map(|row| (row.id, changed_at(row))).collect();
        let before = head.replace(Some(latest));
        let changed = |row: &Request| {
            before.as_ref().is_none_or(|before| !before.contains(&(row.id, changed_at(row))))
        };
        let changed: Vec<Request> = rows.into_iter().filter(changed).collect();
        if before.is_some() {
            changed.iter().for_each(|row| self.note_change(row.id));
        }
        self.arrive(session, list, changed);
    }

    /// Requests as they are now, which may belong to this list or to others.
    pub(super) fn arrive(&self, session: &Session, list: List, requests: Vec<Request>) {
        for request in requests.into_iter().rev() {
            self.arrive_one(session, Some(list), Rc::new(request));
        }
        self.count(session);
    }

    pub(super) fn arrive_one(&self, session: &Session, on: Option<List>, request: Rc<Request>) {
        let me = self.me.get();
        for list in [List::Mine, List::Ccd, List::Organization] {
            let shelf = self.shelf(list);
            let query = shelf.query.peek().clone();
            let is_ours = on == Some(list)
                || match list {
                    List::Mine => request.requester_id == Some(me),
                    List::Ccd => request.email_cc_ids.contains(&me),
                    List::Organization => request.organization_id == Some(query.organization),
                };
            if shelf.is_filled() {
                let is_at_top = shelf.is_at_top.get();
                shelf.listing.update(|list| list.arrive(&query, &request, is_ours, is_at_top));
            } else {
                shelf.late.borrow_mut().push((Rc::clone(&request), is_ours));
            }
            if is_ours && let Some(head) = of(list, &self.heads).borrow_mut().as_mut() {
                head.retain(|(id, _)| *id != request.id);
                head.push((request.id, changed_at(&request)));
            }
        }
        // Whoever has it open sees it change.
        let view = *session.view.peek();
        if matches!(view, View::Request { id, .. } if id == request.id) {
            self.look(session, view);
        }
    }

    /// Counts what is unread; tells the host when that is another number than before.
    pub(super) fn count(&self, session: &Session) {
        let mut seen = self.seen.borrow_mut();
        let count = |list: List| {
            let (Some(seen), head) = (seen.as_ref(), of(list, &self.heads).borrow()) else {
                return 0;
            };
            let lacking = |(id, at): &&(i64, i64)| seen.lacks(*id, *at);
            head.iter().flatten().filter(lacking).count()
        };
        let unread = [count(List::Mine), count(List::Ccd)];
        let all: usize = unread.iter().sum();
        let latest = |list: List| {
            let head = of(list, &self.heads).borrow();
            head.as_ref().map(|head| head.iter().map(|(_, at)| *at).max().unwrap_or_default())
        };
        let latest = [latest(List::Mine), latest(List::Ccd)];
        // Once nothing is unread, one time says it all. A second earlier than the latest: times are
        // whole seconds, and more may happen within this one.
        if let (0, [Some(mine), Some(ccd)], Some(seen)) = (all, latest, seen.as_mut()) {
            seen.all_until(mine.max(ccd) - 1);
        }
        drop(seen);
        self.keep(session);
        session.count_unread(unread);
    }

    /// Keeps what is seen for the next visit, together with what another tab kept.
    fn keep(&self, session: &Session) {
        let mut seen = self.seen.borrow_mut();
        let Some(seen) = seen.as_mut().filter(|_| self.acts.get()) else { return };
        if let Some(stored) = stored(session) {
            seen.merge(&stored);
        }
        if let Some((storage, key)) = place(session) {
            _ = storage.set_item(&key, &seen.write());
        }
    }
}

const fn of<T>(list: List, [mine, ccd, organization]: &[T; 3]) -> &T {
    match list {
        List::Mine => mine,
        List::Ccd => ccd,
        List::Organization => organization,
    }
}

fn changed_at(request: &Request) -> i64 {
    request.updated_at.map_or(0, |at| at.timestamp())
}

fn stored(session: &Session) -> Option<Seen> {
    let (storage, key) = place(session)?;
    Seen::read(&storage.get_item(&key).ok()??)
}

/// Where it is kept: under the host's own id of the person.
fn place(session: &Session) -> Option<(Storage, String)> {
    let person = session.client.person()?;
    let storage = window().local_storage().ok()??;
    Some((storage, [SEEN, &person].concat()))
}
