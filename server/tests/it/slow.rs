//! Callers who say nothing, say it slowly, or do not listen: they hold nothing for ever.

use crate::app::App;
use handrail_server::{config::Connections, connections};
use serde_json::{Value, json};
use std::{net::SocketAddr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    task::JoinHandle,
    time::{Instant, timeout},
};

/// Longer than any test may take: whoever waits for so long waits for ever.
pub(crate) const LONG: Duration = Duration::from_secs(20);

/// The server on a port of its own, with little patience.
pub(crate) struct Listening {
    pub(crate) app: App,
    pub(crate) address: SocketAddr,
    server: JoinHandle<()>,
}

pub(crate) async fn listening(patience: Connections) -> Listening {
    let app = App::with(|config| {
        config.connections = patience;
        // Longer than any silence that the tests allow.
        config.events.beat_seconds = 2;
    })
    .await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stopped = app.state.stopping.subscribe();
    let router = handrail_server::router(app.state.clone());
    let server = tokio::spawn(connections::serve(listener, router, patience, stopped));
    Listening { app, address, server }
}

pub(crate) fn second() -> Connections {
    Connections { idle_seconds: 1, body_seconds: 1, write_seconds: 1 }
}

impl Listening {
    pub(crate) async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }
}

/// All that comes until the server closes.
pub(crate) async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    // A reset is an end too.
    drop(timeout(LONG, stream.read_to_end(&mut bytes)).await.unwrap());
    String::from_utf8(bytes).unwrap()
}

#[tokio::test]
async fn a_connection_without_a_call_is_closed() {
    let server = listening(second()).await;
    let mut silent = server.connect().await;
    assert_eq!(rest(&mut silent).await, "");
    let mut half = server.connect().await;
    half.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\nx-slow").await.unwrap();
    assert_eq!(rest(&mut half).await, "");
}

#[tokio::test]
async fn a_head_that_comes_byte_by_byte_is_cut_off() {
    let server = listening(second()).await;
    let mut slow = server.connect().await;
    slow.write_all(b"GET /healthz HTTP/1.1\r\nx-slow: ").await.unwrap();
    let started = Instant::now();
    // Each byte comes in time for a limit on silence; the head as a whole does not.
    let mut ticks = tokio::time::interval(Duration::from_millis(100));
    while slow.write_all(b"a").await.is_ok() {
        ticks.tick().await;
        assert!(started.elapsed() < LONG);
    }
}

#[tokio::test]
async fn after_an_answer_the_connection_may_be_used_again_and_is_closed_when_it_is_not() {
    let server = listening(second()).await;
    let mut stream = server.connect().await;
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut answer = [0; 12];
    stream.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 200");
    stream.write_all(b"GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    assert!(rest(&mut stream).await.contains("HTTP/1.1 404"));
}

#[tokio::test]
async fn not_modified_leaves_the_connection_usable() {
    let server = listening(Connections::default()).await;
    let mut stream = server.connect().await;
    let known = "GET /api/v2/users/me HTTP/1.1\r\nhost: x\r\nif-none-match: *\r\n";
    stream
        .write_all(format!("{known}\r\n{known}connection: close\r\n\r\n").as_bytes())
        .await
        .unwrap();
    let answers = rest(&mut stream).await;
    assert_eq!(answers.matches("HTTP/1.1 304 Not Modified").count(), 2, "{answers}");
}

#[tokio::test]
async fn callers_are_told_apart_by_their_connection() {
    let server = listening(Connections::default()).await;
    let mut stream = server.connect().await;
    let call = "GET /api/v2/users/me HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    stream.write_all(call.as_bytes()).await.unwrap();
    assert!(rest(&mut stream).await.contains("200 OK"));
    let place = server.address.ip().into();
    let now = server.app.state.env.now();
    let standing = server.app.state.rates.address.take(place, now).unwrap();
    assert_eq!(standing.remaining, standing.limit - 2);
}

#[tokio::test]
async fn a_body_of_which_half_comes_is_refused_and_the_connection_closed() {
    let server = listening(second()).await;
    let token = server.app.ana().authorization();
    let mut stream = server.connect().await;
    let head = format!(
        "POST /api/v2/requests HTTP/1.1\r\nhost: x\r\nauthorization: {token}\r\n\
         content-length: 1000\r\n\r\n{{\"request\":"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    assert!(head.contains("connection: close"), "{head}");
    let body: Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["error"], "RequestTimeout");
}

#[tokio::test]
async fn a_json_body_has_a_time_as_a_whole() {
    let server = listening(second()).await;
    let token = server.app.ana().authorization();
    let stream = server.connect().await;
    let (mut reading, mut writing) = stream.into_split();
    let head = format!(
        "POST /api/v2/requests HTTP/1.1\r\nhost: x\r\nauthorization: {token}\r\n\
         content-length: 100000\r\n\r\n"
    );
    writing.write_all(head.as_bytes()).await.unwrap();
    let feeding = tokio::spawn(async move {
        let mut ticks = tokio::time::interval(Duration::from_millis(100));
        while writing.write_all(b" ").await.is_ok() {
            ticks.tick().await;
        }
    });
    let mut status = [0; 12];
    timeout(LONG, reading.read_exact(&mut status)).await.unwrap().unwrap();
    assert_eq!(&status, b"HTTP/1.1 400");
    timeout(LONG, feeding).await.unwrap().unwrap();
}

#[tokio::test]
async fn an_answer_that_nobody_takes_is_given_up() {
    let server = listening(second()).await;
    let token = server.app.ana().authorization();
    let long = "x".repeat(60_000);
    let id = server.app.ana().create("Long", json!({"comment": {"body": long}})).await;
    let mut stream = server.connect().await;
    // Calls one after the other, and not one answer is read: the buffers between us fill.
    let call = format!(
        "GET /api/v2/requests/{id}/comments HTTP/1.1\r\nhost: x\r\nauthorization: {token}\r\n\r\n"
    );
    let calls = call.repeat(200);
    let written =
        timeout(LONG, async { while stream.write_all(calls.as_bytes()).await.is_ok() {} });
    written.await.unwrap();
}

async fn stream(server: &Listening) -> TcpStream {
    let token = server.app.ana().authorization();
    let mut stream = server.connect().await;
    let call = format!(
        "GET /api/handrail/v1/events HTTP/1.1\r\nhost: x\r\nauthorization: {token}\r\n\r\n"
    );
    stream.write_all(call.as_bytes()).await.unwrap();
    stream
}

/// Reads until something was said.
async fn hear(stream: &mut TcpStream, wanted: &str) -> String {
    let mut heard = String::new();
    while !heard.contains(wanted) {
        let mut bytes = [0; 1024];
        let read = timeout(LONG, stream.read(&mut bytes)).await.unwrap().unwrap();
        assert!(read > 0, "{heard}");
        heard.push_str(std::str::from_utf8(&bytes[..read]).unwrap());
    }
    heard
}

#[tokio::test]
async fn a_stream_of_events_is_not_cut_by_the_limits_on_silence() {
    let server = listening(second()).await;
    let mut listener = stream(&server).await;
    hear(&mut listener, "event: ready").await;
    hear(&mut listener, ": beat").await;
    server.app.ana().create("One", json!({})).await;
    hear(&mut listener, "request.created").await;
}

#[tokio::test]
async fn a_listener_who_hangs_up_is_forgotten() {
    let server = listening(Connections::default()).await;
    let mut listener = stream(&server).await;
    hear(&mut listener, "event: ready").await;
    assert_eq!(server.app.state.hub.count(), 1);
    drop(listener);
    let gone = async {
        let mut ticks = tokio::time::interval(Duration::from_millis(10));
        while server.app.state.hub.count() > 0 {
            ticks.tick().await;
        }
    };
    timeout(LONG, gone).await.unwrap();
}

#[tokio::test]
async fn a_stop_ends_streams_at_once() {
    let server = listening(Connections::default()).await;
    let mut listener = stream(&server).await;
    hear(&mut listener, "event: ready").await;
    server.app.state.stopping.send_replace(true);
    // The end of the chunked body: told, not torn.
    assert!(rest(&mut listener).await.ends_with("0\r\n\r\n"));
    timeout(LONG, server.server).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_stop_waits_for_calls_and_for_nothing_else() {
    let server = listening(Connections::default()).await;
    let token = server.app.ana().authorization();
    let silent = server.connect().await;
    let mut half = server.connect().await;
    half.write_all(b"GET /healthz HTTP/1.1\r\nx-slow").await.unwrap();
    let body = json!({"request": {"subject": "One", "comment": {"body": "b"}}}).to_string();
    let (first, second) = body.split_at(10);
    let mut calling = server.connect().await;
    let head = format!(
        "POST /api/v2/requests HTTP/1.1\r\nhost: x\r\nauthorization: {token}\r\n\
         expect: 100-continue\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    calling.write_all(head.as_bytes()).await.unwrap();
    // When the server asks for the body, the call has begun.
    let mut asked = [0; 25];
    calling.read_exact(&mut asked).await.unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    calling.write_all(first.as_bytes()).await.unwrap();
    server.app.state.stopping.send_replace(true);
    let mut silent = silent;
    assert_eq!(rest(&mut silent).await, "");
    assert_eq!(rest(&mut half).await, "");
    assert!(!server.server.is_finished());
    calling.write_all(second.as_bytes()).await.unwrap();
    assert!(rest(&mut calling).await.starts_with("HTTP/1.1 201"));
    timeout(LONG, server.server).await.unwrap().unwrap();
    assert!(TcpStream::connect(server.address).await.is_err());
}
