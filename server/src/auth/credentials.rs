//! Looking at credentials: identity tokens of hosts, API tokens of agents.

use crate::{
    AppState,
    domain::{people, rights::Viewer},
    env::{Env, hex},
    error::Error,
    identity::TokenError,
    store::{
        Read,
        tokens::{self, Token},
        users,
    },
};
use api::Time;
use base64::{Engine, engine::general_purpose::STANDARD};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

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

/// The person of an identity token, and what they were found in. Writes only when the token says
/// something new.
pub(super) async fn bearer(state: &AppState, token: &str) -> Result<(Viewer, Option<Read>), Error> {
    let now = state.env.now();
    let claims = state.keys.verify(token, now).map_err(Error::Token)?;
    let mut read = state.store.read().await?;
    if let Some(user) = people::find_unchanged(&mut read, &state.rules, &claims).await? {
        if user.suspended {
            return Err(Error::Token(TokenError::Suspended));
        }
        return Ok((Viewer::load(&mut read, user).await?, Some(read)));
    }
    drop(read);
    let mut tx = state.store.write().await?;
    let user = people::sign_in(&mut tx, &state.rules, &claims, now).await?;
    let viewer = Viewer::load(&mut tx, user).await?;
    tx.commit().await?;
    Ok((viewer, None))
}

/// The agent of `EMAIL/token:TOKEN`, and what they were found in.
pub(super) async fn basic(
    state: &AppState,
    credentials: &str,
) -> Result<(Viewer, Option<Read>), Error> {
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
    let viewer = Viewer::load_staff(&mut read, user).await?;
    let today = tokens::day(state.env.now());
    if token.last_used_at >= Some(today) {
        return Ok((viewer, Some(read)));
    }
    drop(read);
    note_use(state, token, today).await;
    Ok((viewer, None))
}

/// Notes that a token was used today, at its first call of the day. That this fails is no reason to
/// refuse the call.
async fn note_use(state: &AppState, token: &Token, today: Time) {
    let noted = async {
        let mut tx = state.store.write().await?;
        tokens::use_on(&mut tx, token.id, today).await?;
        tx.commit().await
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "the use of an API token could not be noted");
    }
}
