//! What all views share: who is speaking, where one is, what was typed, and the rules.

use crate::{
    client::{Client, Error, TokenSource},
    features::{attachments::Attachments, drafts, requests::inbox::Inbox},
    i18n::{I18n, Key},
    state::{
        draft::{Draft, ReplyDraft, USUAL_LIMITS, Upload},
        load::Load,
        sending::{Receipt, Sending},
        server_clock::ServerClock,
        view::View,
    },
    ui::{call::Tell, task::spawn, var::Var},
};
use api::{
    Time,
    policy::{Limits, Policy},
};
use js_sys::{Date, Uint8Array};
use leptos::prelude::window;
use sla::{Schedule, Severity};
use std::{
    cell::{Cell, OnceCell, RefCell},
    ops::Deref,
    rc::{Rc, Weak},
};

/// Seconds for which a key surely holds: the server keeps it for a day.
const KEY_LASTS: i64 = 20 * 60 * 60;

mod writing;

/// What the host may hear of; that the panel opened or closed it hears from the loader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    Created(i64),
    Updated(i64),
    /// How many requests have news that the person has not seen; told when the number changes.
    Unread(usize),
}

/// What a host may put into the form.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Prefill {
    pub severity: Option<Severity>,
    pub subject: Option<String>,
    pub description: Option<String>,
    /// Hidden fields, as the JSON of the wire's list.
    pub custom_fields: Option<String>,
    /// The version of the product around us.
    pub version: Option<String>,
}

/// What the later part of the Wasm knows of a person's requests, once it is there.
pub trait Memory {
    fn inbox(&self) -> &Inbox;
    /// Nothing of the person before may stay.
    fn forget(&self);
    /// The person has written something: it stands in the session.
    fn wrote(&self, session: &Shared);
}

/// The shared state of one mounted widget. Cloning gives another handle on the same.
#[derive(Clone)]
pub struct Session(Rc<Shared>);

/// What a session holds.
pub struct Shared {
    pub client: Client,
    pub i18n: I18n,
    tell: Box<dyn Tell<Happening>>,
    /// Whether the panel is open; always true on the portal's page.
    pub is_open: Var<bool>,
    /// Whether the page is looked at; followed while the panel is open.
    pub visible: Var<bool>,
    pub view: Var<View>,
    pub draft: Var<Draft>,
    pub sending: Var<Sending<Receipt, Error>>,
    /// What was sent under the draft's key so far, whether it arrived or not.
    pub tried: Var<Vec<Draft>>,
    /// When that was for the last time.
    tried_at: Cell<i64>,
    replies: Var<Vec<ReplyDraft>>,
    /// The version of the product around us, if the host told it.
    pub version: Var<String>,
    /// What is attached to the request that is being written.
    pub files: Attachments,
    /// What is attached to replies, by request.
    reply_files: RefCell<Vec<(i64, Attachments)>>,
    /// Whether a person has put anything into the form. Nothing is stored before.
    typed: Cell<bool>,
    /// Whether that was here, and not at an earlier visit or in another tab.
    touched: Cell<bool>,
    /// The lists, and what has happened on them, as far as they are there.
    pub(super) memory: OnceCell<Box<dyn Memory>>,
    /// Requests to which the person has written, and when, by the server's clock; until the memory takes it.
    pub(super) written: RefCell<Vec<(i64, i64)>>,
    /// How many of one's own requests have news, and of those one is copied on.
    pub unread: Var<[usize; 2]>,
    /// Whether any organization shares its requests with the person.
    pub shares: Var<bool>,
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
        let session = Self(Rc::new_cyclic(|shared: &Weak<Shared>| Shared {
            files: attachments_of(shared, &client, |shared, files| {
                shared.type_in(|draft| draft.files = files);
            }),
            reply_files: RefCell::default(),
            version: Var::default(),
            client,
            i18n,
            tell: Box::new(tell),
            is_open: Var::default(),
            visible: Var::default(),
            view: Var::default(),
            draft: Var::new(new_draft()),
            sending: Var::default(),
            tried: Var::default(),
            tried_at: Cell::default(),
            replies: Var::default(),
            typed: Cell::default(),
            touched: Cell::default(),
            memory: OnceCell::default(),
            written: RefCell::default(),
            unread: Var::default(),
            shares: Var::default(),
            policy: Var::new(Load::Loading),
            server_clock: Var::default(),
            tick: Var::new(machine_time()),
            person: Var::default(),
            announcement: Var::default(),
        }));
        // The client is part of the session and must not keep it alive.
        let shared = Rc::downgrade(&session.0);
        session.client.on_person(move |other| {
            if let Some(shared) = shared.upgrade() {
                if other {
                    Self(Rc::clone(&shared)).forget();
                }
                shared.take_up_drafts();
            }
        });
        session
    }

    /// What is attached to the reply to a request. It outlives the view of the request, and what has
    /// gone up is kept with the reply.
    #[must_use]
    pub fn reply_files(&self, request: i64) -> Attachments {
        let known = self.reply_files.borrow().iter().find(|it| it.0 == request).cloned();
        if let Some((_, files)) = known {
            return files;
        }
        let files = attachments_of(&Rc::downgrade(&self.0), &self.client, move |shared, files| {
            shared.keep_reply(ReplyDraft { files, ..shared.reply_to(request) });
        });
        files.restore(&self.reply_to(request).files);
        self.reply_files.borrow_mut().push((request, files.clone()));
        files
    }

    /// Opens the panel where it was left, or at a view.
    pub fn open(&self, view: Option<View>) {
        self.show(view);
        if self.policy.peek().ready().is_none() {
            self.load_policy();
        }
    }

    /// Asks another source for tokens. If it proves somebody else, all is forgotten by then.
    pub fn identify(&self, source: TokenSource) {
        self.client.set_source(source);
        self.reload_policy();
    }

    /// The widget goes: what is on its way up goes no further, and comes back with its draft.
    pub fn leave(&self) {
        self.files.clear();
        for (_, files) in self.reply_files.take() {
            files.clear();
        }
    }

    /// Nobody, or somebody else, is speaking from now on. Where it is not known who was, no drafts
    /// of anybody stay on this machine.
    pub fn log_out(&self, source: TokenSource) {
        drafts::erase_all(self.client.person().as_deref());
        self.client.set_source(source);
        self.client.forget_person();
        self.forget();
    }

    /// Nothing of the person before may stay.
    fn forget(&self) {
        self.start_anew();
        self.leave();
        self.draft.set(new_draft());
        self.replies.set(Vec::new());
        self.forget_requests();
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
        spawn(async move {
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

    /// Has something said about somebody or something.
    pub fn say(&self, key: Key, name: &str) {
        self.announcement.set(self.i18n.fill(key, &[("name", name)]));
    }

    pub fn tell(&self, happening: Happening) {
        if let Happening::Created(id) | Happening::Updated(id) = happening {
            self.written.borrow_mut().push((id, self.server_time()));
            if let Some(memory) = self.memory.get() {
                memory.wrote(self);
            }
        }
        self.tell.tell(happening);
    }

    fn forget_requests(&self) {
        if let Some(memory) = self.memory.get() {
            memory.forget();
        }
        self.written.take();
        self.shares.set(false);
        self.count_unread([0, 0]);
    }

    /// How much is unread by now; the host hears of it when that is another number than before.
    pub fn count_unread(&self, unread: [usize; 2]) {
        let before = self.unread.peek().iter().sum::<usize>();
        self.unread.set(unread);
        let all = unread.iter().sum();
        if all != before {
            self.tell(Happening::Unread(all));
        }
    }

    /// The panel is open, and nothing is asked for yet.
    pub fn show(&self, view: Option<View>) {
        if let Some(view) = view {
            self.view.set(view);
        }
        self.is_open.set(true);
    }

    pub fn close(&self) {
        self.is_open.set(false);
    }

    /// The server's time at the last tick; what reads it ticks along.
    #[must_use]
    pub fn now(&self) -> Time {
        self.server_clock.read().at(self.tick.get())
    }

    /// The server's time at this moment; not followed.
    #[must_use]
    pub fn server_time(&self) -> i64 {
        self.server_clock.peek().at(machine_time()).timestamp()
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

/// A byte of chance.
#[must_use]
pub fn chance() -> u8 {
    (js_sys::Math::random() * 256.0) as u8
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

/// Attachments that tell a session; they do not keep it alive.
fn attachments_of(
    shared: &Weak<Shared>,
    client: &Client,
    tell: impl Fn(&Shared, Vec<Upload>) + 'static,
) -> Attachments {
    let shared = Weak::clone(shared);
    Attachments::new(client, move |files| {
        if let Some(shared) = shared.upgrade() {
            tell(&shared, files);
        }
    })
}

fn new_draft() -> Draft {
    Draft { key: new_key(), ..Draft::default() }
}
