//! What the parts of an opened request share: the request, its conversation, and how both are brought
//! up to date.

use super::conversation::{Live, fetch};
use crate::{
    client::{Doing, Error, Opened},
    features::{
        loading::{Loaded, load, refresh},
        session::{Happening, Session},
    },
    state::{load::Load, view::List},
    ui::{node::follow, var::unfollowed},
};
use api::request::{Can, Request, Status};
use std::{cell::Cell, rc::Rc};

/// A handle on an opened request.
pub(super) type Thread = Rc<Opening>;

/// An opened request.
pub(super) struct Opening {
    pub(super) session: Session,
    pub(super) id: i64,
    pub(super) from: List,
    pub(super) request: Loaded<Opened>,
    pub(super) talk: Loaded<Rc<Live>>,
}

impl Opening {
    /// Fetches the request and its conversation, and what happens to them from then on.
    pub(super) fn begin(session: &Session, id: i64, from: List) -> Thread {
        let (asking, listening) = (session.client.clone(), session.clone());
        let request = load(move || {
            let client = asking.clone();
            async move { client.opened(id).await }
        });
        let talk = load(move || fetch(listening.clone(), id));
        let thread = Rc::new(Self { session: session.clone(), id, from, request, talk });
        let (changed, before) = (Rc::clone(&thread), Cell::new(None));
        follow(Box::new(move || {
            let count = changed.session.inbox().changes_of(id);
            // What there is at the beginning is being fetched.
            if before.replace(Some(count)).is_some_and(|before| before != count) {
                unfollowed(&|| {
                    changed.look_again();
                    changed.ask_newer();
                });
            }
        }));
        thread
    }

    /// Something about the request, followed; `None` while it is not known.
    pub(super) fn with<T>(&self, read: impl FnOnce(&Request) -> T) -> Option<T> {
        self.request.state.read().ready().map(|opened| read(&opened.request))
    }

    /// What the caller may do with it; followed.
    pub(super) fn can(&self) -> Can {
        self.with(can).unwrap_or_default()
    }

    pub(super) fn status(&self) -> Option<Status> {
        self.with(|request| request.status).flatten()
    }

    pub(super) fn leave(&self) {
        self.session.view.set(self.from.into());
    }

    /// Does something to the request under a key. What came of it is shown, and the host is told.
    pub(super) async fn act(&self, doing: &Doing, key: &str) -> Result<(), Error> {
        let request = self.session.client.update(self.id, doing, key).await?;
        self.session.tell(Happening::Updated(self.id));
        let state = &self.request.state;
        let people = state.peek().ready().map(|opened| opened.people.clone()).unwrap_or_default();
        state.set(Load::Ready(Opened { request, people }));
        Ok(())
    }

    /// Asks for what was said and done since.
    pub(super) fn ask_newer(&self) {
        let live = self.talk.state.peek().ready().cloned();
        if let Some(live) = live {
            live.ask_newer(&self.session, self.id);
        }
    }

    /// Asks again for the request, without hiding what is there.
    pub(super) fn look_again(&self) {
        let (client, id) = (self.session.client.clone(), self.id);
        refresh(&self.request.state, async move { client.opened(id).await });
    }
}

/// What may be done; of a server that does not say it, what it will most likely allow.
fn can(request: &Request) -> Can {
    request.can.clone().unwrap_or_else(|| {
        let open = request.status != Some(Status::Closed);
        let solve = request.can_be_solved_by_me;
        Can { comment: open, solve, cc: open, uncc: request.email_cc_ids.clone() }
    })
}
