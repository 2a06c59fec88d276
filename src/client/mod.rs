//! The typed API client: one method an endpoint.
//!
//! It owns the identity token and nothing that is shown. An answer that arrives after the person has
//! changed is dropped here, so that no view can show it to the next one.

mod conversation;
mod error;
mod events;
mod feed;
mod files;
mod http;
mod lists;
mod read;
mod token;
mod uploads;
mod write;

pub use conversation::{Doing, Opened, Part};
pub use error::{Error, FieldError};
pub use events::{Ended, Event};
pub use lists::SharingOrganization;
pub use token::TokenSource;
pub use uploads::Outgoing;
pub(crate) use write::object;

use api::{
    comment::Author,
    policy::Policy,
    request::{NewRequest, Request},
    user::Colleague,
};
use http::{Call, send};
pub(crate) use read::Reader;
use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

/// The support API, as one person. Cloning gives another handle on the same.
#[derive(Clone)]
pub struct Client(Rc<Inner>);

struct Inner {
    /// The server's address without a slash at the end.
    base: String,
    source: RefCell<TokenSource>,
    token: RefCell<Option<String>>,
    /// The host's id of the person whom the last token named.
    identity: RefCell<Option<String>>,
    /// Counts the persons; an answer to an earlier one is not given out.
    person: Cell<u32>,
    on_person: RefCell<Rc<dyn Fn(bool)>>,
}

/// A page of a list, the address of the next one, and those who have to do with it, if they were asked
/// for.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    pub items: T,
    pub next: Option<String>,
    pub people: Vec<Author>,
}

impl Client {
    /// `base` is the API's address, such as `https://support.example.com`.
    #[must_use]
    pub fn new(base: &str, source: TokenSource) -> Self {
        Self(Rc::new(Inner {
            base: base.trim_end_matches('/').to_owned(),
            source: RefCell::new(source),
            token: RefCell::default(),
            identity: RefCell::default(),
            person: Cell::new(0),
            on_person: RefCell::new(Rc::new(|_| {})),
        }))
    }

    /// Whom to tell when a token names somebody: with `false` the first one, with `true` somebody
    /// else than the token before.
    pub fn on_person(&self, tell: impl Fn(bool) + 'static) {
        self.0.on_person.replace(Rc::new(tell));
    }

    /// The host's id of the person who is speaking; `None` while no token at hand tells it.
    #[must_use]
    pub fn person(&self) -> Option<String> {
        self.0.token.borrow().as_ref()?;
        self.0.identity.borrow().clone()
    }

    /// Asks another source for tokens from now on. It may well prove the same person.
    pub fn set_source(&self, source: TokenSource) {
        self.0.source.replace(source);
        self.0.token.replace(None);
    }

    /// Forgets who is speaking: answers on their way to them are given to nobody.
    pub fn forget_person(&self) {
        self.0.token.replace(None);
        self.0.identity.replace(None);
        self.0.person.set(self.0.person.get().wrapping_add(1));
    }

    /// The rules as they hold for the caller.
    ///
    /// # Errors
    /// As [`Error`] says; [`Error::NotFound`] from a server that has no such thing.
    pub async fn policy(&self) -> Result<Policy, Error> {
        read::policy_envelope(&self.get(self.own("/policy")).await?)
    }

    /// One request with its clock.
    ///
    /// # Errors
    /// As [`Error`] says; [`Error::NotFound`] also for a request of others.
    pub async fn request(&self, id: i64) -> Result<Request, Error> {
        let address = self.v2(&["requests/", &id.to_string(), "?include=slas"]);
        read::request_envelope(&self.get(address).await?)
    }

    /// Makes a request, with custom fields as the JSON of a list. `key` makes a repetition harmless.
    ///
    /// # Errors
    /// As [`Error`] says; [`Error::Repeated`] when the server has another text under this key.
    pub async fn create_request(
        &self,
        request: &NewRequest,
        custom_fields: &str,
        key: &str,
    ) -> Result<Request, Error> {
        let address = self.v2(&["requests?include=slas"]);
        let call = Call::post(address, write::create_request(request, custom_fields), key);
        read::request_envelope(&self.send(call).await?)
    }

    /// Colleagues whose name or address begins so.
    ///
    /// # Errors
    /// As [`Error`] says; [`Error::NotFound`] from a server that has no such thing.
    pub async fn people(&self, typed: &str) -> Result<Vec<Colleague>, Error> {
        let typed = String::from(js_sys::encode_uri_component(typed));
        Ok(read::people(&self.get(self.own(&["/people?query=", &typed].concat())).await?))
    }

    fn v2(&self, parts: &[&str]) -> String {
        [&self.0.base, api::V2, "/", &parts.concat()].concat()
    }

    fn own(&self, path: &str) -> String {
        [&self.0.base, api::OWN, path].concat()
    }

    async fn get(&self, address: String) -> Result<Reader, Error> {
        self.send(Call::get(address)).await
    }

    /// Sends a call with a token; a refused token is replaced once.
    async fn send(&self, call: Call) -> Result<Reader, Error> {
        let person = self.0.person.get();
        let mut fresh = false;
        let outcome = loop {
            let token = self.token(fresh).await?;
            if person != self.0.person.get() {
                return Err(Error::Superseded);
            }
            match send(&call, &token).await {
                Err(Error::SignedOut) if !fresh => fresh = true,
                outcome => break outcome,
            }
        };
        if person == self.0.person.get() { outcome } else { Err(Error::Superseded) }
    }

    /// The token at hand, or a new one from the host when it is near its end or was refused.
    async fn token(&self, fresh: bool) -> Result<String, Error> {
        let at_hand = self.0.token.borrow().clone();
        if let Some(token) = at_hand.filter(|token| !fresh && !token::ends_soon(token)) {
            return Ok(token);
        }
        let person = self.0.person.get();
        let source = self.0.source.borrow().clone();
        let token = source.fetch().await?;
        if person != self.0.person.get() {
            return Err(Error::Superseded);
        }
        self.0.token.replace(Some(token.clone()));
        if self.is_other_person(&token) { Err(Error::Superseded) } else { Ok(token) }
    }

    /// Whether a token names somebody else than the one before; then everything of the one before is
    /// forgotten, and what was being asked or sent for them is not done.
    fn is_other_person(&self, token: &str) -> bool {
        let identity = token::identity(token);
        let before = self.0.identity.replace(identity.clone());
        let other = before.is_some() && before != identity;
        if other {
            self.0.person.set(self.0.person.get().wrapping_add(1));
        }
        if before != identity {
            let tell = Rc::clone(&self.0.on_person.borrow());
            tell(other);
        }
        other
    }
}
