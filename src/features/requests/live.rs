//! Live changes, while the panel is open and the page is looked at: from the event stream where there
//! is one, else by asking every half minute. (Asking again costs the browser a conditional call: the
//! server tags its answers, and the browser's own cache sends the tag back.)
//!
//! Nothing is lost in between: the stream is come back to with the last cursor, and where that is not
//! known, the lists are asked for once the stream has begun.

use crate::{
    client::{Ended, Error, Event},
    features::session::Session,
    state::{listing::Query, load::Load, retry::wait_before, view::List},
    ui::task::spawn,
    ui::{
        lifetime::{Lifetime, Timer},
        node::{at_end, follow},
        var::unfollowed,
    },
};
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// A stream that says nothing at first is held back by something between us and the server.
const FIRST_WORD: u32 = 10_000;
/// Two signs of life may be missed.
const SILENCE: u32 = 50_000;
const BETWEEN_POLLS: u32 = 30_000;
/// Changes that come in one breath are asked for together.
const BREATH: u32 = 100;
/// Beyond this many, the lists are asked for instead of each request.
const ONE_BY_ONE: usize = 10;

/// What is going on right now.
struct Live {
    session: Session,
    /// Counts the streams; what an earlier one still says is not heard.
    run: Cell<u32>,
    /// Tries since the stream last worked.
    tries: Cell<u32>,
    stream: RefCell<Option<Lifetime>>,
    /// Ends silence, or waiting.
    alarm: RefCell<Option<Timer>>,
    /// Ends the breath in which changes are gathered.
    breath: RefCell<Option<Timer>>,
    changed: RefCell<Vec<i64>>,
    is_ready: Cell<bool>,
    /// The lists have to be asked for as a whole.
    is_stale: Cell<bool>,
}

/// Follows what happens for as long as the part around the caller lives.
pub fn follow_changes(session: &Session) {
    let live = Rc::new(Live {
        session: session.clone(),
        run: Cell::new(0),
        tries: Cell::new(0),
        stream: RefCell::default(),
        alarm: RefCell::default(),
        breath: RefCell::default(),
        changed: RefCell::default(),
        is_ready: Cell::new(false),
        is_stale: Cell::new(true),
    });
    let (followed, ended) = (Rc::clone(&live), Rc::clone(&live));
    follow(Box::new(move || {
        let session = &followed.session;
        // The form comes first: nothing is asked before the rules are there.
        let can = session.visible.get() && !matches!(&*session.policy.read(), Load::Loading);
        _ = session.person.get();
        followed.stop();
        if can {
            followed.is_stale.set(true);
            followed.begin();
        }
    }));
    at_end(move || ended.stop());
    let session = session.clone();
    follow(Box::new(move || {
        let view = session.view.get();
        unfollowed(&|| session.inbox().look(&session, view));
    }));
}

impl Live {
    /// Nothing goes on after this.
    fn stop(&self) {
        self.run.set(self.run.get().wrapping_add(1));
        self.stream.take();
        self.alarm.take();
        self.breath.take();
    }

    fn set_timer(self: &Rc<Self>, timer: &RefCell<Option<Timer>>, wait: u32, then: fn(&Rc<Self>)) {
        let live = Rc::clone(self);
        timer.replace(Timer::after(wait, Box::new(move || then(&live))));
    }

    /// Finds out who is asking and whose requests they may see, then listens.
    fn begin(self: &Rc<Self>) {
        let (live, run) = (Rc::clone(self), self.run.get());
        spawn(async move {
            let session = &live.session;
            if session.inbox().me.get() == 0 {
                let me = session.client.me().await;
                match me {
                    _ if live.run.get() != run => return,
                    Ok(me) => session.inbox().me.set(me),
                    Err(Error::SignedOut | Error::Superseded) => return,
                    Err(_) => return live.try_later(None),
                }
                session.inbox().recall(session);
                // Without an answer there is no such entry in the navigation.
                _ = session.inbox().find_organizations(session).await;
                if live.run.get() != run {
                    return;
                }
            }
            live.listen();
        });
    }

    fn listen(self: &Rc<Self>) {
        let Some(lifetime) = Lifetime::begin() else { return self.poll() };
        let signal = lifetime.signal();
        self.stream.replace(Some(lifetime));
        self.is_ready.set(false);
        self.set_timer(&self.alarm, FIRST_WORD, Self::give_up);
        let (live, run) = (Rc::clone(self), self.run.get());
        spawn(async move {
            let session = &live.session;
            let cursor = session.inbox().seen.borrow().as_ref().and_then(|seen| seen.cursor);
            let hear = |event| {
                if live.run.get() == run {
                    live.hear(event);
                }
            };
            let ended = session.client.events(cursor, &signal, &hear).await;
            if live.run.get() != run {
                return;
            }
            match ended {
                Ended::Nobody => live.stop(),
                Ended::Never => live.poll(),
                Ended::Lost => live.try_later(None),
                Ended::Later(seconds) => live.try_later(Some(seconds)),
            }
        });
    }

    fn hear(self: &Rc<Self>, event: Event) {
        let session = &self.session;
        match event {
            Event::Alive => self.set_timer(&self.alarm, SILENCE, |live| {
                live.stop();
                live.try_later(None);
            }),
            Event::Reset => self.is_stale.set(true),
            Event::Ready { cursor } => {
                self.tries.set(0);
                self.is_ready.set(true);
                session.inbox().see(session, |seen| seen.cursor = Some(cursor));
                self.gather();
            }
            Event::Changed { cursor, request, author, at } => {
                let own = session.inbox().is_me(author);
                session.inbox().see(session, |seen| {
                    seen.cursor = Some(cursor);
                    if let Some(at) = at.filter(|_| own) {
                        seen.mark(request, at.timestamp());
                    }
                });
                if !self.changed.borrow().contains(&request) {
                    self.changed.borrow_mut().push(request);
                }
                if self.is_ready.get() {
                    self.set_timer(&self.breath, BREATH, Self::gather);
                }
            }
        }
    }

    /// Asks for what has changed.
    fn gather(self: &Rc<Self>) {
        let changed = self.changed.take();
        changed.iter().for_each(|id| self.session.inbox().note_change(*id));
        if self.is_stale.replace(false) || changed.len() > ONE_BY_ONE {
            return self.look_around();
        }
        for id in changed {
            let live = Rc::clone(self);
            spawn(async move {
                let session = &live.session;
                if let Ok(opened) = session.client.opened(id).await {
                    session.inbox().meet(opened.people);
                    session.inbox().arrive_one(session, None, Rc::new(opened.request));
                    session.inbox().count(session);
                }
            });
        }
    }

    /// Asks for the latest of each list.
    fn look_around(self: &Rc<Self>) {
        let shelf = self.session.inbox().shelf(List::Organization);
        let organization = shelf.query.peek().organization;
        for list in [List::Mine, List::Ccd, List::Organization] {
            if list == List::Organization && organization == 0 {
                continue;
            }
            let session = self.session.clone();
            spawn(async move {
                let query = Query { organization, ..Query::default() };
                if let Ok(page) = session.client.requests(&query.address(list)).await {
                    session.inbox().meet(page.people);
                    session.inbox().learn(&session, list, page.items);
                }
            });
        }
    }

    /// The first word did not come: what is in between lets no stream through.
    fn give_up(self: &Rc<Self>) {
        self.stop();
        self.poll();
    }

    fn poll(self: &Rc<Self>) {
        self.look_around();
        self.set_timer(&self.alarm, BETWEEN_POLLS, Self::poll);
    }

    /// Comes again after a while: after so many seconds if the server has said so.
    fn try_later(self: &Rc<Self>, seconds: Option<i64>) {
        let tries = self.tries.get();
        self.tries.set(tries.saturating_add(1));
        let chance = crate::features::session::chance();
        let wait = wait_before(tries, chance);
        let wait = seconds.map_or(wait, |seconds| wait.max(seconds.clamp(0, 600) as u32 * 1_000));
        self.set_timer(&self.alarm, wait, |live| live.begin());
    }
}
