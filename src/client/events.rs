//! The event stream: what happens to the caller's requests, as it happens. Read by `fetch`, since
//! `EventSource` cannot prove who is asking.

use super::{Client, Error, feed::Feed, read::Reader};
use api::Time;
use gloo_net::http::{RequestBuilder, Response};
use js_sys::{JSON, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortSignal, ReadableStreamDefaultReader};

/// What a stream tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// Something came, be it only a sign of life.
    Alive,
    /// Something happened to a request; `cursor` is the place behind that.
    Changed { cursor: i64, request: i64, author: Option<i64>, at: Option<Time> },
    /// All that was missed is told. From here on it comes as it happens.
    Ready { cursor: i64 },
    /// Too much was missed to be told one by one.
    Reset,
}

/// Why a stream is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It broke off, as streams do. Come again with the last cursor.
    Lost,
    /// The server wants to be asked again after so many seconds.
    Later(i64),
    /// There is no such stream here.
    Never,
    /// Nobody is there to be told any more, or nobody is signed in.
    Nobody,
}

impl Client {
    /// Listens until the stream ends; `since` is the last cursor that is known.
    pub async fn events(
        &self,
        since: Option<i64>,
        signal: &AbortSignal,
        tell: &dyn Fn(Event),
    ) -> Ended {
        let person = self.0.person.get();
        let mut address = self.own("/events");
        if let Some(since) = since {
            address.extend(["?since=", &since.to_string()]);
        }
        let response = match self.open_stream(&address, signal).await {
            Ok(response) => response,
            Err(Error::SignedOut | Error::Superseded) => return Ended::Nobody,
            Err(_) => return Ended::Lost,
        };
        match response.status() {
            200 => {}
            // A relay or an older server that knows no such address, or cannot hold it open.
            404 | 405 | 406 | 501 => return Ended::Never,
            401 | 403 => return Ended::Nobody,
            _ => {
                let wait = response.headers().get("retry-after");
                let wait = wait.and_then(|wait| wait.parse().ok());
                return wait.map_or(Ended::Lost, Ended::Later);
            }
        }
        let Some(body) = response.body() else { return Ended::Never };
        let reader: ReadableStreamDefaultReader = body.get_reader().unchecked_into();
        let mut feed = Feed::default();
        while let Ok(part) = JsFuture::from(reader.read()).await {
            if person != self.0.person.get() {
                return Ended::Nobody;
            }
            let part = Reader(part);
            if part.flag("done") {
                break;
            }
            tell(Event::Alive);
            let bytes = Uint8Array::new(&part.get("value").0).to_vec();
            feed.take(&bytes)
                .iter()
                .filter_map(|told| event(&told.name, &told.data))
                .for_each(tell);
        }
        Ended::Lost
    }

    /// A refused token is replaced once, as for any call.
    async fn open_stream(&self, address: &str, signal: &AbortSignal) -> Result<Response, Error> {
        let mut fresh = false;
        loop {
            let token = self.token(fresh).await?;
            let answer = RequestBuilder::new(address)
                .header("authorization", &["Bearer ", &token].concat())
                .abort_signal(Some(signal))
                .send()
                .await
                .map_err(|_| Error::Offline)?;
            if answer.status() != 401 || fresh {
                return Ok(answer);
            }
            fresh = true;
        }
    }
}

fn event(name: &str, data: &str) -> Option<Event> {
    let data = Reader(JSON::parse(data).unwrap_or(JsValue::UNDEFINED));
    Some(match name {
        "request" => Event::Changed {
            cursor: data.number("id")?,
            request: data.number("request_id")?,
            author: data.number("author_id"),
            at: data.time("created_at"),
        },
        "ready" => Event::Ready { cursor: data.number("cursor")? },
        "reset" => Event::Reset,
        _ => return None,
    })
}
