//! Who is calling, and may they: extractors that a handler cannot forget, because it gets the
//! person, and the record where there is one, from them and from nowhere else.
//!
//! A bearer is an identity token and always an end user. Basic credentials are an agent's; on the
//! Requests API agents are treated as end users all the same.

mod credentials;
mod party;
mod snapshot;
mod subscriber;

pub use credentials::{new_token, token_digest};
pub use party::{Admin, Party};
pub use snapshot::Snapshot;
pub use subscriber::Subscriber;

use credentials::{basic, bearer};

use crate::{
    AppState,
    domain::rights::{self, Viewer},
    error::Error,
    peer,
    rates::{self, Place, Standing, Tally},
    store::{
        Read, RequestId, UserId, ccs,
        requests::{self, Request},
    },
};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{HeaderValue, header, request::Parts},
};

/// Somebody signed in, in the role of an end user.
pub struct EndUser(pub Viewer);

/// An agent or admin.
pub struct Staff(pub Viewer);

/// Somebody signed in, or nobody; credentials that do not hold are nobody too.
pub struct Anyone(pub Option<Viewer>);

/// Somebody signed in or, where the configuration lets anybody write, nobody. Credentials that do not
/// hold are refused: whoever shows some means to be known.
pub struct Sender(pub Option<Viewer>);

/// Somebody signed in who wants a file: agents are agents here, where there is but one address for
/// both APIs.
pub struct FileReader {
    pub viewer: Viewer,
    pub agent: bool,
}

/// A request that the caller may see.
pub struct SeenRequest {
    pub viewer: Viewer,
    pub request: Request,
    pub copied: Vec<UserId>,
    /// The state of the database in which all this is so.
    pub read: Read,
}

/// A ticket, for staff.
pub struct SeenTicket {
    pub request: Request,
    pub copied: Vec<UserId>,
    pub read: Read,
}

/// The request's number in the path. What is no number names no record.
pub struct PathId(pub RequestId);

/// The token of a file in the path.
pub struct PathToken(pub String);
/// Takes the limit on new requests: a person's, or the address's when nobody is signed in.
pub struct CreatePace;

/// Takes the limit on changes by a person to the request in the path.
pub struct UpdatePace;

/// Takes the limit on files from an address when nobody is signed in. What people send is limited by
/// how much of it may wait.
pub struct UploadPace;

/// The number of any other record in the path.
pub struct PathNumber(pub i64);

/// Credentials that hold.
#[derive(Clone)]
enum Who {
    Bearer(Viewer),
    Agent(Viewer),
}

/// What is known of the caller, kept with the call so that it is found out and counted once.
#[derive(Clone)]
struct Known(Option<Who>);

/// Finds out who calls, and counts the call: of a person by their id, of nobody by address.
async fn identify(parts: &mut Parts, state: &AppState) -> Result<Option<Who>, Error> {
    if let Some(Known(who)) = parts.extensions.get() {
        return Ok(who.clone());
    }
    let who = match parts.headers.get(header::AUTHORIZATION) {
        Some(value) => {
            let (who, read) = examine(parts, state, value).await?;
            if let Some(read) = read {
                snapshot::keep(parts, read);
            }
            Some(who)
        }
        None => None,
    };
    let now = state.env.now();
    let rates = &state.rates;
    let standing = match &who {
        Some(Who::Bearer(user)) => rates.person.take(user.id, now),
        Some(Who::Agent(user)) => rates.agent.take(user.id, now),
        None => rates.address.take(place(parts, state), now),
    };
    if let Some(standing) = standing {
        // An address may be that of many, and none of them is told of the others.
        if who.is_some() {
            Tally::of(parts).all(standing);
        }
        standing.verdict()?;
    }
    parts.extensions.insert(Known(who.clone()));
    Ok(who)
}

fn place(parts: &Parts, state: &AppState) -> Place {
    peer::address(parts, &state.proxies).into()
}

/// Finds out whether credentials hold. Those that do not are counted by address, and so is each try
/// of an API token that has not held lately, before it is looked at: a guess too many learns
/// nothing, and agents at work behind the same address go on. An identity token is looked at
/// always, as it cannot be guessed and is new every few minutes. With the caller comes the state of
/// the database in which they were found, unless something had to be written about them.
async fn examine(
    parts: &Parts,
    state: &AppState,
    value: &HeaderValue,
) -> Result<(Who, Option<Read>), Error> {
    let (place, now) = (place(parts, state), state.env.now());
    let count = || {
        let standing = state.rates.wrong_credentials.take(place, now);
        standing.map_or(Ok(()), Standing::verdict)
    };
    let Some((scheme, credentials)) = value.to_str().ok().and_then(|it| it.split_once(' ')) else {
        count()?;
        return Err(Error::Unauthenticated);
    };
    let credentials = credentials.trim();
    if scheme.eq_ignore_ascii_case("bearer") {
        let found = bearer(state, credentials).await;
        if let Err(Error::Token(_)) = found {
            count()?;
        }
        let (viewer, read) = found?;
        return Ok((Who::Bearer(viewer), read));
    }
    let unheard_of = !state.rates.have_held(credentials, now);
    if unheard_of {
        count()?;
    }
    if !scheme.eq_ignore_ascii_case("basic") {
        return Err(Error::Unauthenticated);
    }
    let found = basic(state, credentials).await;
    let wrong = matches!(found, Err(Error::Unauthenticated));
    if unheard_of && !wrong {
        state.rates.wrong_credentials.give_back(place, now);
    } else if wrong && !unheard_of {
        count()?;
    }
    let (agent, read) = found?;
    state.rates.hold(credentials, now);
    Ok((Who::Agent(agent), read))
}

impl FromRequestParts<AppState> for EndUser {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        match identify(parts, state).await? {
            Some(Who::Bearer(user) | Who::Agent(user)) => Ok(Self(user)),
            None => Err(Error::Unauthenticated),
        }
    }
}

impl FromRequestParts<AppState> for FileReader {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        match identify(parts, state).await? {
            Some(Who::Bearer(viewer)) => Ok(Self { viewer, agent: false }),
            Some(Who::Agent(viewer)) => Ok(Self { viewer, agent: true }),
            None => Err(Error::Unauthenticated),
        }
    }
}

impl FromRequestParts<AppState> for Staff {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        match identify(parts, state).await? {
            Some(Who::Agent(user)) => Ok(Self(user)),
            Some(Who::Bearer(_)) => Err(Error::Forbidden("This is for agents only")),
            None => Err(Error::Unauthenticated),
        }
    }
}

impl FromRequestParts<AppState> for Anyone {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        match identify(parts, state).await {
            Ok(Some(Who::Bearer(user) | Who::Agent(user))) => Ok(Self(Some(user))),
            Ok(None) => Ok(Self(None)),
            Err(Error::Unauthenticated | Error::Token(_)) => {
                parts.extensions.insert(Known(None));
                Ok(Self(None))
            }
            Err(error) => Err(error),
        }
    }
}

impl FromRequestParts<AppState> for Sender {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        match identify(parts, state).await? {
            Some(Who::Bearer(viewer) | Who::Agent(viewer)) => Ok(Self(Some(viewer))),
            None if state.config.anonymous.requests => Ok(Self(None)),
            None => Err(Error::Unauthenticated),
        }
    }
}

impl FromRequestParts<AppState> for CreatePace {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let now = state.env.now();
        let who = identify(parts, state).await?;
        let standing = match &who {
            Some(Who::Bearer(user)) => state.rates.request_create.take(user.id, now),
            // A script of the staff may bring a whole history with it.
            Some(Who::Agent(_)) => None,
            None => state.rates.anonymous_create.take(place(parts, state), now),
        };
        if let Some(standing) = standing {
            if who.is_some() {
                Tally::of(parts).endpoint(rates::REQUEST_CREATE, standing);
            }
            standing.verdict()?;
        }
        Ok(Self)
    }
}

impl FromRequestParts<AppState> for UpdatePace {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let Some(Who::Bearer(user)) = identify(parts, state).await? else { return Ok(Self) };
        let PathId(id) = PathId::from_request_parts(parts, state).await?;
        if let Some(standing) = state.rates.request_update.take((user.id, id), state.env.now()) {
            Tally::of(parts).endpoint(rates::REQUEST_UPDATE, standing);
            standing.verdict()?;
        }
        Ok(Self)
    }
}

impl FromRequestParts<AppState> for UploadPace {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        if identify(parts, state).await?.is_none() {
            let standing = state.rates.anonymous_upload.take(place(parts, state), state.env.now());
            standing.map_or(Ok(()), Standing::verdict)?;
        }
        Ok(Self)
    }
}

impl FromRequestParts<AppState> for PathId {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        Ok(Self(RequestId(path_number(parts, state, "id").await?)))
    }
}

impl FromRequestParts<AppState> for PathNumber {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        Ok(Self(path_number(parts, state, "id").await?))
    }
}

impl FromRequestParts<AppState> for SeenRequest {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        let EndUser(viewer) = EndUser::from_request_parts(parts, state).await?;
        let PathId(id) = PathId::from_request_parts(parts, state).await?;
        let Snapshot(mut read) = Snapshot::from_request_parts(parts, state).await?;
        let seen = rights::seen(&mut read, &viewer, id).await?;
        let (request, copied) = seen.ok_or(Error::RecordNotFound)?;
        Ok(Self { viewer, request, copied, read })
    }
}

impl FromRequestParts<AppState> for SeenTicket {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        Staff::from_request_parts(parts, state).await?;
        let PathId(id) = PathId::from_request_parts(parts, state).await?;
        let Snapshot(mut read) = Snapshot::from_request_parts(parts, state).await?;
        let request = requests::by_id(&mut read, id).await?.ok_or(Error::RecordNotFound)?;
        let copied = ccs::of(&mut read, id).await?;
        Ok(Self { request, copied, read })
    }
}

/// A number of the path by its name in the route.
pub(crate) async fn path_number(
    parts: &mut Parts,
    state: &AppState,
    name: &str,
) -> Result<i64, Error> {
    let text = path_text(parts, state, name).await?;
    text.parse().map_err(|_| Error::RecordNotFound)
}

/// A part of the path by its name in the route.
pub(crate) async fn path_text(
    parts: &mut Parts,
    state: &AppState,
    name: &str,
) -> Result<String, Error> {
    let params = RawPathParams::from_request_parts(parts, state).await;
    let params = params.map_err(|_| Error::RecordNotFound)?;
    let text = params.iter().find(|(key, _)| *key == name).map(|(_, value)| value.to_owned());
    text.ok_or(Error::RecordNotFound)
}

impl FromRequestParts<AppState> for PathToken {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        Ok(Self(path_text(parts, state, "token").await?))
    }
}
