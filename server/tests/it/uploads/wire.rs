//! Uploads over real connections, which are slow, break, and end with the process.

use crate::{
    app::App,
    process,
    slow::{LONG, Listening, listening, rest, second},
};
use handrail_server::{
    AppState,
    config::{Config, Connections},
    env::Env,
    jobs::files::{Collected, collect},
    state::Addresses,
};
use std::{
    fs::File,
    io::{Read, Write},
    net::TcpStream,
    time::{Duration, SystemTime},
};
use tokio::{io::AsyncWriteExt, time::Instant};

fn head(authorization: &str, length: &str) -> String {
    format!(
        "POST /api/v2/uploads?filename=a.txt HTTP/1.1\r\nhost: x\r\n\
         authorization: {authorization}\r\nexpect: 100-continue\r\nconnection: close\r\n{length}\r\n\r\n"
    )
}

/// Waits until no half-written file is left.
async fn nothing_left(app: &App) {
    let started = Instant::now();
    let mut ticks = tokio::time::interval(Duration::from_millis(10));
    while !app.on_disk().1.is_empty() {
        ticks.tick().await;
        assert!(started.elapsed() < LONG);
    }
    assert!(app.on_disk().0.is_empty());
}

async fn begun(server: &Listening, length: &str) -> tokio::net::TcpStream {
    let mut stream = server.connect().await;
    let call = head(&server.app.ana().authorization(), length);
    stream.write_all(call.as_bytes()).await.unwrap();
    let mut asked = [0; 25];
    // When the server asks for the body, its file has been begun.
    tokio::io::AsyncReadExt::read_exact(&mut stream, &mut asked).await.unwrap();
    assert_eq!(&asked, b"HTTP/1.1 100 Continue\r\n\r\n");
    stream
}

#[tokio::test]
async fn whoever_sends_too_much_reads_why_though_they_go_on_sending() {
    let server = listening(Connections::default()).await;
    let stream = begun(&server, "transfer-encoding: chunked").await;
    let (mut reading, mut writing) = stream.into_split();
    // 60 MiB, of which the server takes 50 and reads no further than it must.
    let sending = tokio::spawn(async move {
        let piece = [b"100000\r\n".as_slice(), &[b'x'; 0x10_0000], b"\r\n"].concat();
        for _ in 0..60 {
            if writing.write_all(&piece).await.is_err() {
                break;
            }
        }
        writing
    });
    let mut answer = Vec::new();
    let read = tokio::io::AsyncReadExt::read_to_end(&mut reading, &mut answer);
    drop(tokio::time::timeout(LONG, read).await.unwrap());
    let answer = String::from_utf8(answer).unwrap();
    assert!(
        answer.starts_with("HTTP/1.1 422") && answer.contains("AttachmentTooLarge"),
        "{answer}"
    );
    drop(sending.await.unwrap());
    nothing_left(&server.app).await;
}

#[tokio::test]
async fn whoever_states_too_much_is_refused_before_a_byte_is_asked_for() {
    let server = listening(Connections::default()).await;
    let mut stream = server.connect().await;
    let call = head(&server.app.ana().authorization(), "content-length: 52428801");
    stream.write_all(call.as_bytes()).await.unwrap();
    let answer = rest(&mut stream).await;
    assert!(
        answer.starts_with("HTTP/1.1 422") && answer.contains("AttachmentTooLarge"),
        "{answer}"
    );
    nothing_left(&server.app).await;
}

#[tokio::test]
async fn whoever_falls_silent_half_way_is_given_up() {
    let server = listening(second()).await;
    let mut stream = begun(&server, "content-length: 1000").await;
    stream.write_all(b"some bytes").await.unwrap();
    let answer = rest(&mut stream).await;
    assert!(answer.starts_with("HTTP/1.1 400") && answer.contains("RequestTimeout"), "{answer}");
    nothing_left(&server.app).await;
}

#[tokio::test]
async fn whoever_hangs_up_half_way_leaves_nothing() {
    let server = listening(Connections::default()).await;
    for length in ["content-length: 1000", "transfer-encoding: chunked"] {
        let mut stream = begun(&server, length).await;
        assert_eq!(server.app.on_disk().1.len(), 1);
        stream.write_all(b"1\r\nx").await.unwrap();
        drop(stream);
        nothing_left(&server.app).await;
    }
}

#[tokio::test]
async fn a_server_that_is_killed_half_way_leaves_what_is_collected_later() {
    let dir = tempfile::tempdir().unwrap();
    let token = process::output(dir.path(), &["token", "--email", "ana@acme.example"]);
    let (mut server, address) = process::start(dir.path());
    let mut stream = TcpStream::connect(&address).unwrap();
    let call = head(&format!("Bearer {token}"), "content-length: 1000");
    stream.write_all(call.as_bytes()).unwrap();
    let mut asked = [0; 25];
    stream.read_exact(&mut asked).unwrap();
    stream.write_all(b"half of it").unwrap();
    process::signal(&server, "-KILL");
    server.wait().unwrap();
    let incoming = dir.path().join("test.db-files/incoming");
    let left: Vec<_> = incoming.read_dir().unwrap().map(|it| it.unwrap().path()).collect();
    assert_eq!(left.len(), 1);
    let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    File::options().write(true).open(&left[0]).unwrap().set_modified(long_ago).unwrap();

    let config = Config {
        database: format!("sqlite://{}", dir.path().join("test.db").display()),
        ..Config::default()
    };
    let addresses = Addresses { support: config.listen, demo: None };
    let state = AppState::open(config, Env::system(), addresses).await.unwrap();
    let collected = collect(&state, true).await.unwrap();
    assert_eq!(collected, Collected { half_written: 1, ..Collected::default() });
    assert!(!left[0].exists());
}
