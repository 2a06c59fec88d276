//! The program itself: its first line, its three commands on one database, its end.

use base64::{Engine, engine::general_purpose::STANDARD};
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
    assert!(!log.contains('\u{1b}'), "colours are for terminals: {log}");
    for secret in ["ana@", "acme.example", token.as_str(), "\"b\""] {
        assert!(!log.contains(secret), "{log}");
    }
    let wal = dir.path().join("test.db-wal");
    assert!(!wal.exists() || wal.metadata().unwrap().len() == 0);
}

fn listed(address: &str, agent: &str) -> u16 {
    let basic = STANDARD.encode(format!("mia@support.example/token:{agent}"));
    let request = format!(
        "GET /api/v2/users.json?role=admin HTTP/1.1\r\nhost: {address}\r\n\
         authorization: Basic {basic}\r\nconnection: close\r\n\r\n"
    );
    call(address, &request).0
}

#[test]
fn tokens_of_agents_are_made_listed_and_revoked_while_the_server_runs() {
    let dir = tempfile::tempdir().unwrap();
    let (mut server, address) = start(dir.path());
    let agent = |more: &[&str]| {
        let mut arguments = vec!["agent-token", "--email", "Mia@support.example"];
        arguments.extend(more);
        output(dir.path(), &arguments)
    };
    let first = agent(&["--name", "Mia"]);
    let second = agent(&["--admin", "--description", "night shift"]);
    assert_eq!(listed(&address, &first), 200);
    let lines = agent(&["--list"]);
    let lines: Vec<Vec<&str>> = lines.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines[0], ["id", "made", "last used", "description"]);
    assert_eq!((lines.len(), lines[1][0], lines[2][0]), (3, "1", "2"));
    assert_ne!(lines[1][2], "never");
    assert_eq!(lines[2][2..], ["never", "night shift"]);
    assert!(!lines.concat().concat().contains(&second));
    assert_eq!(agent(&["--revoke", "1"]), "1 is revoked");
    assert_eq!((listed(&address, &first), listed(&address, &second)), (401, 200));
    for arguments in [
        ["--email", "mia@support.example", "--revoke", "1"],
        ["--email", "mia@support.example", "--revoke", "99"],
        ["--email", "nobody@support.example", "--revoke", "2"],
    ] {
        let refused = command(dir.path(), &["agent-token"]).args(arguments).output().unwrap();
        assert!(!refused.status.success());
    }
    let nobody = ["agent-token", "--email", "nobody@support.example", "--list"];
    assert!(!command(dir.path(), &nobody).output().unwrap().status.success());
    signal(&server, "-TERM");
    assert!(server.wait().unwrap().success());
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

#[test]
fn a_folder_of_files_serves_one_database() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let files = one.path().join("files");
    let arguments = ["serve", "--listen", "127.0.0.1:0", "--files", files.to_str().unwrap()];
    for _ in 0..2 {
        let mut server = command(one.path(), &arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap()).read_line(&mut line).unwrap();
        assert!(line.starts_with("listening on"));
        signal(&server, "-KILL");
        server.wait().unwrap();
    }
    let output = command(other.path(), &arguments).output().unwrap();
    assert!(!output.status.success());
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("the folder belongs to another database"), "{told}");
}
