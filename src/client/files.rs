//! The bytes of files. Their addresses take the same credentials as the rest of the API, which no link
//! and no image of a page can send.

use super::{Client, Error};
use gloo_net::http::RequestBuilder;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, Response};

impl Client {
    /// Whether a file is to be had from our server. To no other one the token is ever shown.
    #[must_use]
    pub fn has_file(&self, address: &str) -> bool {
        address.strip_prefix(&self.0.base).is_some_and(|rest| rest.starts_with('/'))
    }

    /// A file, whole.
    ///
    /// # Errors
    /// As [`Error`] says; [`Error::NotFound`] also for what is not ours.
    pub async fn file(&self, address: &str) -> Result<Blob, Error> {
        if !self.has_file(address) {
            return Err(Error::NotFound);
        }
        let person = self.0.person.get();
        let mut fresh = false;
        let response = loop {
            let token = self.token(fresh).await?;
            let call =
                RequestBuilder::new(address).header("authorization", &["Bearer ", &token].concat());
            let call = call.build().map_err(|_| Error::Server)?;
            let response = call.send().await.map_err(|_| Error::Offline)?;
            match response.status() {
                401 if !fresh => fresh = true,
                200 => break Response::from(response),
                401 => return Err(Error::SignedOut),
                404 => return Err(Error::NotFound),
                429 => return Err(Error::TooMany),
                _ => return Err(Error::Server),
            }
        };
        let blob = response.blob().map_err(|_| Error::Offline)?;
        let blob = JsFuture::from(blob).await.map_err(|_| Error::Offline)?;
        if person == self.0.person.get() {
            Ok(blob.unchecked_into())
        } else {
            Err(Error::Superseded)
        }
    }
}
