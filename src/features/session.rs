//! What all views share: who is speaking, where one is, what was typed, and the rules.

use crate::{
    client::{Client, Error, TokenSource},
    i18n::{I18n, Key},
    state::{
        draft::{Draft, ReplyDraft, USUAL_LIMITS},
        load::Load,
        sending::{Receipt, Sending},
        server_clock::ServerClock,
        view::View,
    },
    ui::var::Var,
};
use api::{
    Time,
    policy::{Limits, Policy},
};
use js_sys::{Date, Uint8Array};
use leptos::{prelude::window, task::spawn_local};
use sla::{Schedule, Severity};
use std::{ops::Deref, rc::Rc};

/// What the host may hear of; that the panel opened or closed it hears from the loader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    Created(i64),
    Updated(i64),
}

/// What a host may put into the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefill {
    pub severity: Option<Severity>,
    pub subject: Option<String>,
    pub description: Option<String>,
}

/// The shared state of one mounted widget. Cloning gives another handle on the same.
#[derive(Clone)]
pub struct Session(Rc<Shared>);

/// What a session holds.
pub struct Shared {
    pub client: Client,
    pub i18n: I18n,
    tell: Box<dyn Fn(Happening)>,
    /// Whether the panel is open; always true on the portal's page.
    pub is_open: Var<bool>,
    pub view: Var<View>,
    pub draft: Var<Draft>,
    pub sending: Var<Sending<Receipt, Error>>,
    /// What was sent under the draft's key so far, whether it arrived or not.
    pub tried: Var<Vec<Draft>>,
    replies: Var<Vec<ReplyDraft>>,
    pub policy: Var<Load<Policy, Error>>,
    server_clock: Var<ServerClock>,
    /// The machine's clock in unix seconds, as last looked at.
    pub tick: Var<i64>,
    /// Changes when somebody else is speaking; views are then made anew.
    pub person: Var<u32>,
    /// What a screen reader is to say next.
    pub announcement: Var<String>,
}

impl Deref for Session {
    type Target = Shared;

    fn deref(&self) -> &Shared {
        &self.0
    }
}

impl Session {
    #[must_use]
    pub fn new(client: Client, i18n: I18n, tell: impl Fn(Happening) + 'static) -> Self {
        let session = Self(Rc::new(Shared {
            client,
            i18n,
            tell: Box::new(tell),
            is_open: Var::default(),
            view: Var::default(),
            draft: Var::new(new_draft()),
            sending: Var::default(),
            tried: Var::default(),
            replies: Var::default(),
            policy: Var::new(Load::Loading),
            server_clock: Var::default(),
            tick: Var::new(machine_time()),
            person: Var::default(),
            announcement: Var::default(),
        }));
        // The client is part of the session and must not keep it alive.
        let shared = Rc::downgrade(&session.0);
        session.client.on_other_person(move || {
            if let Some(shared) = shared.upgrade() {
                Self(shared).forget();
            }
        });
        session
    }

    /// Opens the panel where it was left, or at a view.
    pub fn open(&self, view: Option<View>) {
        if let Some(view) = view {
            self.view.set(view);
        }
        self.is_open.set(true);
        if self.policy.peek().ready().is_none() {
            self.load_policy();
        }
    }

    /// Asks another source for tokens. If it proves somebody else, all is forgotten by then.
    pub fn identify(&self, source: TokenSource) {
        self.client.set_source(source);
        self.reload_policy();
    }

    /// Nobody, or somebody else, is speaking from now on.
    pub fn log_out(&self, source: TokenSource) {
        self.client.set_source(source);
        self.client.forget_person();
        self.forget();
    }

    /// Nothing of the person before may stay.
    fn forget(&self) {
        self.start_anew();
        self.replies.set(Vec::new());
        self.announcement.set(String::new());
        self.view.set(View::default());
        let person = self.person.peek().wrapping_add(1);
        self.person.set(person);
        self.policy.set(Load::Loading);
        self.reload_policy();
    }

    /// The rules differ from plan to plan; while nobody looks they need not be known.
    fn reload_policy(&self) {
        if *self.is_open.peek() {
            self.load_policy();
        }
    }

    /// Asks for the rules, again after a failure.
    pub fn load_policy(&self) {
        let session = self.clone();
        spawn_local(async move {
            let answer = match session.client.policy().await {
                Err(Error::Superseded) => return,
                Ok(policy) => {
                    session.server_clock.set(ServerClock::new(policy.now, machine_time()));
                    Load::Ready(policy)
                }
                Err(error) => Load::Failed(error),
            };
            session.policy.set(answer);
        });
    }
}

impl Shared {
    #[must_use]
    pub fn text(&self, key: Key) -> &str {
        self.i18n.text(key)
    }

    pub fn tell(&self, happening: Happening) {
        (self.tell)(happening);
    }

    pub fn close(&self) {
        self.is_open.set(false);
    }

    /// What was typed as a reply to a request, kept for when it is opened again.
    #[must_use]
    pub fn reply_to(&self, request: i64) -> ReplyDraft {
        let kept = self.replies.peek().iter().find(|reply| reply.request == request).cloned();
        kept.unwrap_or_else(|| ReplyDraft { request, key: new_key(), text: String::new() })
    }

    /// Keeps a reply in place of the one kept before; an empty one is dropped.
    pub fn keep_reply(&self, reply: ReplyDraft) {
        self.replies.update(|replies| {
            replies.retain(|kept| kept.request != reply.request);
            if !reply.text.is_empty() {
                replies.push(reply);
            }
        });
    }

    /// An empty form with a key of its own.
    pub fn start_anew(&self) {
        self.draft.set(new_draft());
        self.tried.set(Vec::new());
        self.sending.set(Sending::Writing);
    }

    /// Fills what is empty: what a person typed is never overwritten.
    pub fn prefill(&self, prefill: Prefill) {
        self.draft.update(|draft| {
            draft.severity = draft.severity.or(prefill.severity);
            for (text, wish) in [
                (&mut draft.subject, prefill.subject),
                (&mut draft.description, prefill.description),
            ] {
                if let Some(wish) = wish.filter(|_| text.is_empty()) {
                    *text = wish;
                }
            }
        });
    }

    /// The server's time at the last tick; what reads it ticks along.
    #[must_use]
    pub fn now(&self) -> Time {
        self.server_clock.read().at(self.tick.get())
    }

    /// The calendar of the rules; around the clock while they are not known.
    #[must_use]
    pub fn schedule(&self) -> Schedule {
        self.policy
            .read()
            .ready()
            .map_or_else(Schedule::always, |policy| policy.rules.schedule.clone())
    }

    /// What the server takes at most.
    #[must_use]
    pub fn limits(&self) -> Limits {
        self.policy.read().ready().map_or(USUAL_LIMITS, |policy| policy.limits)
    }

    /// The address of the vendor's support, if the rules name one.
    #[must_use]
    pub fn support_mail(&self) -> Option<String> {
        self.policy.read().ready()?.support_mail.clone()
    }
}

/// The machine's clock, unix seconds.
#[must_use]
pub fn machine_time() -> i64 {
    (Date::now() / 1000.0) as i64
}

/// A key that nobody else makes: 128 random bits. Not `crypto.randomUUID`, which pages without TLS
/// do not have.
#[must_use]
pub fn new_key() -> String {
    let bytes = Uint8Array::new_with_length(16);
    if let Ok(crypto) = window().crypto() {
        _ = crypto.get_random_values_with_array_buffer_view(&bytes);
    }
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.to_vec().into_iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

fn new_draft() -> Draft {
    Draft { key: new_key(), ..Draft::default() }
}
