//! One listener's stream: what was missed, then what happens, and a sign of life in between.

use super::Seat;
use crate::{
    AppState,
    auth::Subscriber,
    domain::news::{self, Reader},
    error::Error,
    store::{
        EventId,
        events::news::{Among, Span},
    },
};
use api::event::{Position, RequestEvent};
use axum::body::{Body, Bytes};
use futures_util::stream::unfold;
use serde::Serialize;
use std::{collections::VecDeque, convert::Infallible, fmt::Write as _, time::Duration};
use tokio::{
    sync::watch,
    time::{Instant, Interval, MissedTickBehavior, interval_at},
};

/// Events that are read, and sent, at once.
const PAGE: i64 = 200;

/// The first thing said. Browsers' own reader waits so long before it comes again.
const HELLO: &str = ": handrail\nretry: 3000\n\n";

/// A sign of life, so that neither side takes a silent connection for a dead one, or a dead one for
/// a silent one.
const BEAT: &str = ": beat\n\n";

/// A stream that is being told.
struct Stream {
    who: Subscriber,
    seat: Seat,
    state: AppState,
    /// Everything up to here was told, or was not theirs to know.
    cursor: EventId,
    next: VecDeque<Next>,
    beat: Interval,
    stopping: watch::Receiver<bool>,
}

/// What a stream does next; when there is nothing, it waits.
enum Next {
    /// Finds out where to look for what was missed, up to a position.
    CatchUp(EventId),
    /// Tells what happened there, up to a position.
    Tell(Among, EventId),
    /// Says that from here on events come as they happen.
    Ready,
}

/// Opens a stream for somebody who was told everything up to an event; without one, from now on.
///
/// # Errors
/// When there are too many streams, or the database fails.
pub async fn open(state: AppState, who: Subscriber, since: Option<EventId>) -> Result<Body, Error> {
    let (seat, position) = Seat::take(&state, who.id(), &who.first()).await?;
    let every = Duration::from_secs(state.config.events.beat_seconds.into());
    let mut beat = interval_at(Instant::now() + every, every);
    beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let stopping = state.stopping.subscribe();
    // A cursor from the future is one of another database, or a typing error: now is later.
    let cursor = since.unwrap_or(position).min(position);
    let next = VecDeque::from(match since {
        Some(_) => vec![Next::CatchUp(position), Next::Ready],
        None => vec![Next::Ready],
    });
    let stream = Stream { who, seat, state, cursor, next, beat, stopping };
    // Without a task of its own: it goes on as fast as its listener reads, and ends with it.
    Ok(Body::from_stream(unfold((Some(stream), String::from(HELLO)), go_on)))
}

type Going = (Option<Stream>, String);

/// Sends what is there to be said, then what comes next.
async fn go_on((stream, said): Going) -> Option<(Result<Bytes, Infallible>, Going)> {
    if !said.is_empty() {
        return Some((Ok(Bytes::from(said)), (stream, String::new())));
    }
    let mut stream = stream?;
    let mut text = String::new();
    while text.is_empty() {
        match stream.step(&mut text).await {
            Ok(true) => {}
            Ok(false) => return None,
            Err(error) => {
                tracing::warn!(%error, "an event stream ends; its listener will come again");
                return None;
            }
        }
    }
    Some((Ok(Bytes::from(text)), (Some(stream), String::new())))
}

impl Stream {
    /// Does one thing, which may be to wait. False when the stream is over.
    async fn step(&mut self, text: &mut String) -> Result<bool, Error> {
        if *self.stopping.borrow() {
            return Ok(false);
        }
        match self.next.pop_front() {
            None => self.wait(text).await,
            Some(Next::Ready) => {
                say(text, "ready", Some(self.cursor), &Position { cursor: self.cursor.0 });
                Ok(true)
            }
            Some(Next::CatchUp(upto)) => {
                let Some(reader) = self.who.reader(&self.state).await? else { return Ok(false) };
                let mut read = self.state.store.read().await?;
                match news::missed(&mut read, &reader, self.cursor).await? {
                    Some(among) => self.next.push_front(Next::Tell(among, upto)),
                    None => {
                        self.cursor = upto;
                        say(text, "reset", Some(upto), &Position { cursor: upto.0 });
                    }
                }
                Ok(true)
            }
            Some(Next::Tell(among, upto)) => {
                let Some(reader) = self.who.reader(&self.state).await? else { return Ok(false) };
                let among = if matches!(reader, Reader::Staff) { Among::All } else { among };
                self.tell(text, &reader, among, upto).await?;
                Ok(true)
            }
        }
    }

    /// Waits for something to happen, for the next sign of life, or for the end.
    async fn wait(&mut self, text: &mut String) -> Result<bool, Error> {
        let happened = tokio::select! {
            biased;
            _ = self.stopping.wait_for(|stopping| *stopping) => return Ok(false),
            () = self.seat.rung() => true,
            _ = self.beat.tick() => false,
        };
        if !happened {
            text.push_str(BEAT);
            // Who has other rights by now comes again, and is told what they missed.
            let reader = self.who.reader(&self.state).await?;
            return Ok(reader.is_some_and(|reader| self.seat.suits(&reader)));
        }
        let (due, upto) = self.seat.due();
        if due.all {
            self.next.push_back(Next::CatchUp(upto));
        } else if !due.requests.is_empty() {
            let requests = due.requests.into_iter().collect();
            self.next.push_back(Next::Tell(Among::Requests(requests), upto));
        }
        Ok(true)
    }

    /// Tells a page of a span, and puts the rest of it next.
    async fn tell(
        &mut self,
        text: &mut String,
        reader: &Reader,
        among: Among,
        upto: EventId,
    ) -> Result<(), Error> {
        let span = Span { after: self.cursor, upto };
        let mut read = self.state.store.read().await?;
        let page = news::page(&mut read, reader, &among, span, PAGE).await?;
        for event in &page.events {
            tell(text, event);
        }
        self.cursor = page.upto;
        if page.upto < upto {
            self.next.push_front(Next::Tell(among, upto));
        }
        Ok(())
    }
}

fn tell(text: &mut String, event: &RequestEvent) {
    say(text, "request", Some(EventId(event.id)), event);
}

/// One event in the form of the stream. JSON has no line breaks of its own.
fn say(text: &mut String, name: &str, id: Option<EventId>, data: &impl Serialize) {
    let Ok(data) = serde_json::to_string(data) else { return };
    let id = id.map(|id| format!("id: {id}\n")).unwrap_or_default();
    // Writing to a string does not fail.
    let _ = write!(text, "event: {name}\n{id}data: {data}\n\n");
}
