//! What stands in a token before anything in it is believed.
//!
//! Every claim is optional and of any type here, so that a missing or odd one is refused by its
//! name instead of as "malformed".

use super::TokenError;
use crate::domain::{address, names};
use api::{
    Time,
    identity::{Claims, OrganizationClaim},
};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::Deserialize;
use serde_json::Value;

/// Clocks of host and server may differ by this many seconds.
const LEEWAY: i64 = 10;

/// The two header fields that decide how a token is checked.
#[derive(Deserialize)]
pub(super) struct RawHeader {
    pub(super) alg: String,
    pub(super) kid: Option<String>,
}

impl RawHeader {
    /// The header of a compact token, unverified.
    pub(super) fn read(token: &str) -> Option<Self> {
        let encoded = token.split('.').next()?;
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(encoded).ok()?).ok()
    }
}

/// The payload as it came.
#[derive(Deserialize)]
pub(super) struct RawClaims {
    #[serde(default)]
    scope: Value,
    #[serde(default)]
    external_id: Value,
    #[serde(default)]
    email: Value,
    #[serde(default)]
    email_verified: Value,
    #[serde(default)]
    name: Value,
    #[serde(default)]
    exp: Value,
    #[serde(default)]
    nbf: Value,
    #[serde(default)]
    iat: Value,
    #[serde(default)]
    aud: Value,
    #[serde(default)]
    organization: Value,
    #[serde(default)]
    plan: Value,
}

impl RawClaims {
    /// The claims, if each required one is there and each present one makes sense at this instant.
    pub(super) fn check(self, now: Time, audience: &str) -> Result<Claims, TokenError> {
        let exp = seconds(&self.exp).ok_or(TokenError::Claim("exp"))?;
        if exp.saturating_add(LEEWAY) < now.timestamp() {
            return Err(TokenError::Expired);
        }
        let nbf = optional(&self.nbf, seconds).ok_or(TokenError::Claim("nbf"))?;
        let iat = optional(&self.iat, seconds).ok_or(TokenError::Claim("iat"))?;
        let latest = now.timestamp().saturating_add(LEEWAY);
        if nbf.is_some_and(|at| at > latest) || iat.is_some_and(|at| at > latest) {
            return Err(TokenError::NotYetValid);
        }
        let fits = match &self.aud {
            Value::Null => true,
            Value::String(one) => one == audience,
            Value::Array(several) => several.iter().any(|one| one == audience),
            _ => false,
        };
        if !fits {
            return Err(TokenError::Audience);
        }
        if self.scope != "user" {
            return Err(TokenError::Claim("scope"));
        }
        if self.email_verified != true {
            return Err(TokenError::Claim("email_verified"));
        }
        let email = text(&self.email).and_then(|email| address::normalize(&email));
        Ok(Claims {
            scope: String::from("user"),
            external_id: text(&self.external_id).ok_or(TokenError::Claim("external_id"))?,
            email: email.ok_or(TokenError::Claim("email"))?,
            email_verified: true,
            name: name(&self.name).ok_or(TokenError::Claim("name"))?,
            exp,
            nbf,
            iat,
            aud: self.aud.as_str().map(String::from),
            organization: optional(&self.organization, organization)
                .ok_or(TokenError::Claim("organization"))?,
            plan: optional(&self.plan, text).ok_or(TokenError::Claim("plan"))?,
        })
    }
}

/// Null is nothing, a good value is itself, a bad one is an error (the outer `None`).
fn optional<T>(value: &Value, read: impl Fn(&Value) -> Option<T>) -> Option<Option<T>> {
    if value.is_null() { Some(None) } else { read(value).map(Some) }
}

/// Unix seconds; some libraries write them with a fraction.
fn seconds(value: &Value) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "a saturated instant is still far away")]
    value.as_i64().or_else(|| value.as_f64().map(|seconds| seconds as i64))
}

/// An id or the like: text with something in it, and without characters that would garble a log.
fn text(value: &Value) -> Option<String> {
    names::id(&written(value)?)
}

/// A name, without characters that would garble a page.
fn name(value: &Value) -> Option<String> {
    names::name(&written(value)?)
}

fn written(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        // Hosts whose ids are numbers send them as numbers.
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn organization(value: &Value) -> Option<OrganizationClaim> {
    let external_id = text(value.get("external_id")?)?;
    let name = value.get("name").and_then(name).unwrap_or_else(|| external_id.clone());
    Some(OrganizationClaim { external_id, name })
}
