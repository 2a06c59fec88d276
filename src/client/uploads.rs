//! Files on their way up. By `XMLHttpRequest`, since `fetch` does not tell how far it is.

use super::{
    Client, Error,
    http::{Answer, Call},
};
use js_sys::{Function, Promise};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, ProgressEvent, XmlHttpRequest};

/// A file that goes up, and can go up again. Cloning gives another handle on the same.
#[derive(Clone)]
pub struct Outgoing {
    file: File,
    xhr: XmlHttpRequest,
    /// Held for as long as the browser may call it.
    _progress: Rc<Closure<dyn Fn(ProgressEvent)>>,
}

impl Outgoing {
    /// `progress` hears how much of it has left, in per cent; `None` from a browser that will not.
    #[must_use]
    pub fn new(file: File, progress: impl Fn(u32) + 'static) -> Option<Self> {
        let xhr = XmlHttpRequest::new().ok()?;
        let told = Closure::<dyn Fn(ProgressEvent)>::new(move |event: ProgressEvent| {
            // `total` is 0 where the browser does not know it.
            progress((100.0 * event.loaded() / event.total().max(1.0)) as u32);
        });
        xhr.upload().ok()?.set_onprogress(Some(told.as_ref().unchecked_ref()));
        Some(Self { file, xhr, _progress: Rc::new(told) })
    }

    #[must_use]
    pub const fn file(&self) -> &File {
        &self.file
    }

    /// Ends it at once: whoever waits for its end is told that no answer came.
    pub fn cancel(&self) {
        _ = self.xhr.abort();
    }

    pub(super) async fn exchange(&self, call: &Call, token: &str) -> Result<Answer, Error> {
        let xhr = &self.xhr;
        let ended = Promise::new(&mut |ended: Function, _| {
            xhr.set_onloadend(Some(&ended));
            if self.begin(call, token).is_err() {
                _ = ended.call0(&JsValue::UNDEFINED);
            }
        });
        _ = JsFuture::from(ended).await;
        let (Ok(status @ 1..), Ok(Some(body))) = (xhr.status(), xhr.response_text()) else {
            return Err(Error::Offline);
        };
        Ok(Answer { status, location: None, body })
    }

    fn begin(&self, call: &Call, token: &str) -> Result<(), JsValue> {
        self.xhr.open("POST", &call.address)?;
        self.xhr.set_request_header("authorization", &["Bearer ", token].concat())?;
        self.xhr.set_request_header("idempotency-key", &call.key)?;
        self.xhr.send_with_opt_blob(Some(&self.file))
    }
}

impl Client {
    /// Sends a file ahead of its comment; the token by which the comment takes it. `key` makes a
    /// repetition harmless.
    ///
    /// # Errors
    /// As [`Error`] says; [`Error::Offline`] also when it was cancelled.
    pub async fn upload(&self, file: &Outgoing, key: &str) -> Result<String, Error> {
        let name = String::from(js_sys::encode_uri_component(&file.file.name()));
        let address = self.v2(&["uploads?filename=", &name]);
        let answer = self.send(Call::upload(address, file.clone(), key)).await?;
        answer.get("upload").word("token").ok_or(Error::Server)
    }

    /// Takes back what no comment has taken. What fails is thrown away by the server some days later.
    pub async fn take_back(&self, token: &str) {
        // A good answer is empty, which no other one is.
        _ = self.send(Call::delete(self.v2(&["uploads/", token]))).await;
    }
}
