//! The program itself: its first line, its three commands on one database, its end.

use serde_json::Value;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
};

const PROGRAM: &str = env!("CARGO_BIN_EXE_handrail-server");

fn command(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    let database = format!("sqlite://{}", dir.join("test.db").display());
    command.current_dir(dir).args(arguments).args(["--database", &database]);
    command
}

pub(crate) fn output(dir: &Path, arguments: &[&str]) -> String {
    let output = command(dir, arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// A running server and the address of its first line.
pub(crate) fn start(dir: &Path) -> (Child, String) {
    let mut server = command(dir, &["serve", "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on http://").unwrap().to_owned();
    (server, address)
}

fn call(address: &str, request: &str) -> (u16, Value) {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_str(body).unwrap())
}

fn post(address: &str, token: &str, subject: &str) -> (u16, Value) {
    let body =
        format!("{{\"request\":{{\"subject\":\"{subject}\",\"comment\":{{\"body\":\"b\"}}}}}}");
    let request = format!(
        "POST /api/v2/requests.json HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {token}\r\n\
         idempotency-key: {subject}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    call(address, &request)
}

pub(crate) fn signal(server: &Child, name: &str) {
    let pid = server.id().to_string();
    assert!(Command::new("kill").args([name, &pid]).status().unwrap().success());
}

#[test]
fn an_answered_request_outlives_a_killed_server_and_a_stop_is_graceful() {
    let dir = tempfile::tempdir().unwrap();
    let token = output(dir.path(), &["token", "--email", "ana@acme.example", "--name", "Ana"]);
    let (mut server, address) = start(dir.path());
    let (status, made) = post(&address, &token, "one");
    assert_eq!(status, 201);
    assert_eq!(made["request"]["url"], format!("http://{address}/api/v2/requests/1001.json"));
    signal(&server, "-KILL");
    server.wait().unwrap();

    let (mut server, address) = start(dir.path());
    let (status, again) = post(&address, &token, "one");
    assert_eq!((status, &again["request"]["id"]), (201, &made["request"]["id"]));
    // A token made while the server runs holds at once.
    let agent = output(dir.path(), &["agent-token", "--email", "mia@support.example"]);
    assert_eq!(agent.len(), 64);
    // Whoever listens does not delay the stop, and is told that it is over.
    let mut listener = TcpStream::connect(&address).unwrap();
    let call = format!(
        "GET /api/handrail/v1/events?since=0 HTTP/1.1\r\nhost: {address}\r\n\
         authorization: Bearer {token}\r\n\r\n"
    );
    listener.write_all(call.as_bytes()).unwrap();
    let mut heard = BufReader::new(listener);
    let mut line = String::new();
    while !line.contains("event: ready") {
        line.clear();
        assert!(heard.read_line(&mut line).unwrap() > 0);
    }
    signal(&server, "-TERM");
    assert!(server.wait().unwrap().success());
    let mut last = String::new();
    heard.read_to_string(&mut last).unwrap();
    assert!(last.ends_with("0\r\n\r\n"), "{last}");
    let mut log = String::new();
    server.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert!(log.contains("/api/v2/requests"), "{log}");
    assert!(!log.contains("cut off"), "{log}");
    for secret in ["ana@", "acme.example", token.as_str(), "\"b\""] {
        assert!(!log.contains(secret), "{log}");
    }
    let wal = dir.path().join("test.db-wal");
    assert!(!wal.exists() || wal.metadata().unwrap().len() == 0);
}

#[test]
fn mistakes_at_the_command_line_are_told_and_fail() {
    let dir = tempfile::tempdir().unwrap();
    for (arguments, told) in [
        (["token", "--email", "nobody"], "not an e-mail address"),
        (["serve", "--config", "missing.toml"], "missing.toml cannot be read"),
    ] {
        let output = command(dir.path(), &arguments).output().unwrap();
        assert!(!output.status.success());
        assert!(String::from_utf8_lossy(&output.stderr).contains(told));
    }
}
