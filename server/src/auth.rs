//! Who is calling, and may they: extractors that a handler cannot forget, because it gets the
//! person, and the record where there is one, from them and from nowhere else.
//!
//! A bearer is an identity token and always an end user. Basic credentials are an agent's; on the
//! Requests API agents are treated as end users all the same.

use crate::{
    AppState,
    domain::{
        people,
        rights::{self, Viewer},
    },
    env::{Env, hex},
    error::Error,
    identity::TokenError,
    store::{
        Read, RequestId, UserId, ccs,
        requests::{self, Request},
        tokens::{self, Token},
        users,
    },
};
use axum::{
    extract::{FromRequestParts, RawPathParams},
    http::{HeaderMap, header, request::Parts},
};
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

mod party;

pub use party::{Admin, Party};

/// Somebody signed in, in the role of an end user.
pub struct EndUser(pub Viewer);

/// An agent or admin.
pub struct Staff(pub Viewer);

/// Somebody signed in, or nobody; credentials that do not hold are nobody too.
pub struct Anyone(pub Option<Viewer>);

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

/// The number of any other record in the path.
pub struct PathNumber(pub i64);

/// Credentials that hold.
enum Who {
    Bearer(Viewer),
    Agent(Viewer),
}

/// The digest under which a token is kept.
#[must_use]
pub fn token_digest(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// A new API token: 256 random bits, and the digest of them, which alone is kept.
#[must_use]
pub fn new_token(env: &Env) -> (String, String) {
    let token = env.hex::<32>();
    let digest = token_digest(&token);
    (token, digest)
}

async fn identify(state: &AppState, headers: &HeaderMap) -> Result<Option<Who>, Error> {
    let Some(value) = headers.get(header::AUTHORIZATION) else { return Ok(None) };
    let value = value.to_str().map_err(|_| Error::Unauthenticated)?;
    let (scheme, credentials) = value.split_once(' ').ok_or(Error::Unauthenticated)?;
    if scheme.eq_ignore_ascii_case("bearer") {
        bearer(state, credentials.trim()).await.map(|user| Some(Who::Bearer(user)))
    } else if scheme.eq_ignore_ascii_case("basic") {
        basic(state, credentials.trim()).await.map(|user| Some(Who::Agent(user)))
    } else {
        Err(Error::Unauthenticated)
    }
}

/// The person of an identity token. Writes only when the token says something new.
async fn bearer(state: &AppState, token: &str) -> Result<Viewer, Error> {
    let now = state.env.now();
    let claims = state.keys.verify(token, now).map_err(Error::Token)?;
    let mut read = state.store.read().await?;
    if let Some(user) = people::find_unchanged(&mut read, &state.rules, &claims).await? {
        if user.suspended {
            return Err(Error::Token(TokenError::Suspended));
        }
        return Ok(Viewer::load(&mut read, user).await?);
    }
    drop(read);
    let mut tx = state.store.write().await?;
    let user = people::sign_in(&mut tx, &state.rules, &claims, now).await?;
    let viewer = Viewer::load(&mut tx, user).await?;
    tx.commit().await?;
    Ok(viewer)
}

/// The agent of `EMAIL/token:TOKEN`.
async fn basic(state: &AppState, credentials: &str) -> Result<Viewer, Error> {
    let decoded = STANDARD.decode(credentials).map_err(|_| Error::Unauthenticated)?;
    let decoded = String::from_utf8(decoded).map_err(|_| Error::Unauthenticated)?;
    let (name, token) = decoded.split_once(':').ok_or(Error::Unauthenticated)?;
    let email = name.strip_suffix("/token").ok_or(Error::Unauthenticated)?.to_lowercase();
    let given = token_digest(token);
    let mut read = state.store.read().await?;
    let user = users::by_email(&mut read, &email).await?;
    let user = user.filter(|user| user.is_staff() && user.active && !user.suspended);
    let kept = match &user {
        Some(user) => tokens::of_user(&mut read, user.id).await?,
        None => Vec::new(),
    };
    // Every digest is looked at, however early one fits.
    let mut found = None;
    for token in &kept {
        if token.digest.as_bytes().ct_eq(given.as_bytes()).into() {
            found = Some(token);
        }
    }
    let (Some(user), Some(token)) = (user, found) else { return Err(Error::Unauthenticated) };
    let viewer = Viewer::load(&mut read, user).await?;
    drop(read);
    note_use(state, token).await;
    Ok(viewer)
}

/// Notes that a token was used today, at its first call of the day. That this fails is no reason to
/// refuse the call.
async fn note_use(state: &AppState, token: &Token) {
    let today = tokens::day(state.env.now());
    if token.last_used_at >= Some(today) {
        return;
    }
    let noted = async {
        let mut tx = state.store.write().await?;
        tokens::use_on(&mut tx, token.id, today).await?;
        tx.commit().await
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "the use of an API token could not be noted");
    }
}

impl FromRequestParts<AppState> for EndUser {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        match identify(state, &parts.headers).await? {
            Some(Who::Bearer(user) | Who::Agent(user)) => Ok(Self(user)),
            None => Err(Error::Unauthenticated),
        }
    }
}

impl FromRequestParts<AppState> for Staff {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        match identify(state, &parts.headers).await? {
            Some(Who::Agent(user)) => Ok(Self(user)),
            Some(Who::Bearer(_)) => Err(Error::Forbidden("This is for agents only")),
            None => Err(Error::Unauthenticated),
        }
    }
}

impl FromRequestParts<AppState> for Anyone {
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Error> {
        match identify(state, &parts.headers).await {
            Ok(Some(Who::Bearer(user) | Who::Agent(user))) => Ok(Self(Some(user))),
            Ok(None) | Err(Error::Unauthenticated | Error::Token(_)) => Ok(Self(None)),
            Err(error) => Err(error),
        }
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
        let mut read = state.store.read().await?;
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
        let mut read = state.store.read().await?;
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
    let params = RawPathParams::from_request_parts(parts, state).await;
    let params = params.map_err(|_| Error::RecordNotFound)?;
    let text = params.iter().find(|(key, _)| *key == name).map(|(_, value)| value);
    text.and_then(|text| text.parse().ok()).ok_or(Error::RecordNotFound)
}
