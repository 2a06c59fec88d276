//! Where identity tokens come from. They are kept in memory only, never in storage.

use super::{Error, read::Reader};
use gloo_net::http::Request;
use js_sys::{Date, Function, JSON, Promise};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

/// A token this near its end, in seconds, is not used any more.
const MARGIN: f64 = 30.0;

/// How the host proves who is in front of the page.
#[derive(Clone)]
pub enum TokenSource {
    /// Nobody is signed in.
    None,
    /// An address of the host's own backend, from `data-token-url`.
    Url(String),
    /// The function given to `identify`.
    Function(Function),
}

impl TokenSource {
    pub(super) async fn fetch(&self) -> Result<String, Error> {
        let token = match self {
            Self::None => None,
            Self::Url(address) => from_url(address).await?,
            Self::Function(function) => from_function(function).await,
        };
        token.filter(|token| !token.is_empty()).ok_or(Error::SignedOut)
    }
}

/// Takes the bare token as well as `{"token": …}`.
async fn from_url(address: &str) -> Result<Option<String>, Error> {
    let response = Request::get(address).send().await.map_err(|_| Error::Offline)?;
    if !response.ok() {
        return Ok(None);
    }
    let body = response.text().await.map_err(|_| Error::Offline)?;
    let wrapped = JSON::parse(&body).ok().and_then(|value| Reader(value).word("token"));
    Ok(Some(wrapped.unwrap_or_else(|| body.trim().to_owned())))
}

/// The host's function may answer at once or with a promise; if it fails, nobody is signed in.
async fn from_function(function: &Function) -> Option<String> {
    let answer = function.call0(&JsValue::UNDEFINED).ok()?;
    JsFuture::from(Promise::resolve(&answer)).await.ok()?.as_string()
}

/// Whether the token's `exp` is past or near. A token that cannot be read is left to the server.
pub(super) fn ends_soon(token: &str) -> bool {
    let expiry = claims(token).and_then(|claims| claims.get("exp").0.as_f64());
    expiry.is_some_and(|exp| exp - Date::now() / 1000.0 < MARGIN)
}

/// The host's own id of the person, as the token says it. It decides nothing but what is forgotten
/// here; whom a token proves is the server's to say.
pub(super) fn identity(token: &str) -> Option<String> {
    claims(token)?.word("external_id")
}

fn claims(token: &str) -> Option<Reader> {
    let payload = token.split('.').nth(1)?.replace('-', "+").replace('_', "/");
    let claims = web_sys::window()?.atob(&payload).ok()?;
    JSON::parse(&claims).ok().map(Reader)
}
