//! Identity tokens: reads what a host's backend says about a person, and mints for the demo and
//! for `handrail-server token`.
//!
//! HS256 with a known `kid` and nothing else: the algorithm is fixed here, never taken from the
//! token. The checks of time are our own, against [`Env`], because the library asks the machine.

use crate::{
    AppState,
    config::Identity,
    env::Env,
    store::{Store, StoreError, keys},
};
use api::{Time, identity::Claims};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, errors::ErrorKind};
use raw::{RawClaims, RawHeader};

mod raw;

/// A token of a sane host is far below this; longer ones are not even decoded.
const MAX_TOKEN_BYTES: usize = 8 * 1024;

/// The secrets under which hosts sign.
pub struct IdentityKeys {
    keys: Vec<Key>,
    audience: String,
}

struct Key {
    kid: String,
    secret: Vec<u8>,
}

/// Why a token was refused. The text is for the host's engineers and goes out as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    #[error("The token is not a JSON Web Token")]
    Malformed,
    #[error("The token's algorithm is not HS256")]
    Algorithm,
    #[error("The token's key id (kid) is missing or unknown")]
    UnknownKey,
    #[error("The token's signature does not match")]
    Signature,
    #[error("The token has expired")]
    Expired,
    #[error("The token is not valid yet")]
    NotYetValid,
    #[error("The token's claim {0} is missing or not acceptable")]
    Claim(&'static str),
    #[error("The token was made for another audience")]
    Audience,
    #[error("The token's e-mail address belongs to somebody else here")]
    AddressTaken,
    #[error("The token's person has been suspended")]
    Suspended,
}

/// A token could not be made.
#[derive(Debug, thiserror::Error)]
pub enum MintError {
    #[error("there is no identity key")]
    NoKey,
    #[error(transparent)]
    Encoding(#[from] jsonwebtoken::errors::Error),
}

impl IdentityKeys {
    /// Keys of the configuration; without any, the one key that the database keeps, made at the
    /// first start, so that `serve` and `token` agree.
    ///
    /// # Errors
    /// When the database fails.
    pub async fn load(config: &Identity, store: &Store, env: &Env) -> Result<Self, StoreError> {
        let audience = config.audience.clone();
        let mut known: Vec<Key> = config
            .keys
            .iter()
            .map(|key| Key { kid: key.kid.clone(), secret: key.secret.clone().into_bytes() })
            .collect();
        if known.is_empty() {
            let mut tx = store.write().await?;
            let stored = match keys::first(&mut tx).await? {
                Some(stored) => stored,
                None => {
                    let made = (format!("key-{}", env.hex::<4>()), env.hex::<32>());
                    keys::insert(&mut tx, &made.0, &made.1, env.now()).await?;
                    made
                }
            };
            tx.commit().await?;
            known.push(Key { kid: stored.0, secret: stored.1.into_bytes() });
        }
        Ok(Self { keys: known, audience })
    }

    /// Checks a token at an instant and returns what it says.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn verify(&self, token: &str, now: Time) -> Result<Claims, TokenError> {
        if token.len() > MAX_TOKEN_BYTES {
            return Err(TokenError::Malformed);
        }
        // The header is read by hand first: a token that names `none` or an algorithm unknown to
        // the library shall be told so, and must never reach a code path that trusts the name.
        let header = RawHeader::read(token).ok_or(TokenError::Malformed)?;
        if header.alg != "HS256" {
            return Err(TokenError::Algorithm);
        }
        let kid = header.kid.ok_or(TokenError::UnknownKey)?;
        let key = self.keys.iter().find(|key| key.kid == kid).ok_or(TokenError::UnknownKey)?;

        let mut rules = Validation::new(Algorithm::HS256);
        rules.required_spec_claims.clear();
        rules.validate_exp = false;
        rules.validate_nbf = false;
        rules.validate_aud = false;
        let secret = DecodingKey::from_secret(&key.secret);
        let raw: RawClaims = jsonwebtoken::decode(token, &secret, &rules)
            .map_err(|error| match error.kind() {
                ErrorKind::InvalidSignature => TokenError::Signature,
                _ => TokenError::Malformed,
            })?
            .claims;
        raw.check(now, &self.audience)
    }
}

/// Signs claims under the first key.
///
/// # Errors
/// When there is no key or the claims cannot be encoded.
pub fn mint(state: &AppState, claims: &Claims) -> Result<String, MintError> {
    let key = state.keys.keys.first().ok_or(MintError::NoKey)?;
    let mut header = Header::new(Algorithm::HS256);
    header.kid = Some(key.kid.clone());
    Ok(jsonwebtoken::encode(&header, claims, &EncodingKey::from_secret(&key.secret))?)
}
