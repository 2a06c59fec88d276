//! Bodies that the server does not want to read to their end, over real connections.

use crate::slow::{LONG, Listening, listening};
use handrail_server::config::Connections;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

/// The head of the next answer; its body is read and not looked at.
async fn answer(stream: &mut TcpStream) -> String {
    let mut read = Vec::new();
    let head = loop {
        let byte = timeout(LONG, stream.read_u8()).await.unwrap();
        // Without one, the connection is gone.
        read.push(byte.unwrap());
        if read.ends_with(b"\r\n\r\n") {
            break String::from_utf8(read).unwrap();
        }
    };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")).unwrap();
    let mut body = vec![0; length.parse().unwrap()];
    stream.read_exact(&mut body).await.unwrap();
    head
}

async fn call(server: &Listening, authorization: &str, path: &str, bytes: usize) -> TcpStream {
    let mut stream = server.connect().await;
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: x\r\nauthorization: {authorization}\r\n\
         content-length: {bytes}\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await.unwrap();
    stream.write_all(&vec![b'x'; bytes]).await.unwrap();
    stream
}

#[tokio::test]
async fn a_refusal_is_read_by_whoever_sends_all_of_a_large_body_first() {
    let server = listening(Connections::default()).await;
    let ana = server.app.ana().authorization();
    for (authorization, path, bytes, status) in [
        (ana.as_str(), "/api/v2/requests", 3 << 20, 422),
        ("Bearer nonsense", "/api/v2/requests", 3 << 20, 401),
        ("Bearer nonsense", "/api/v2/uploads?filename=a", 8 << 20, 401),
        (ana.as_str(), "/api/v2/nothing", 8 << 20, 404),
        (ana.as_str(), "/api/v2/users/me", 8 << 20, 405),
    ] {
        let mut stream = call(&server, authorization, path, bytes).await;
        let head = answer(&mut stream).await;
        assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{path}: {head}");
        // The connection is good for the next call, as clients that keep theirs believe.
        let next =
            format!("GET /api/v2/users/me HTTP/1.1\r\nhost: x\r\nauthorization: {ana}\r\n\r\n");
        stream.write_all(next.as_bytes()).await.unwrap();
        assert!(answer(&mut stream).await.starts_with("HTTP/1.1 200"), "{path}");
    }
}

#[tokio::test]
async fn whoever_asks_first_is_not_told_to_send_what_is_refused() {
    let server = listening(Connections::default()).await;
    let mut stream = server.connect().await;
    let head = "POST /api/v2/uploads?filename=a HTTP/1.1\r\nhost: x\r\n\
        authorization: Bearer nonsense\r\nexpect: 100-continue\r\ncontent-length: 1000000\r\n\r\n";
    stream.write_all(head.as_bytes()).await.unwrap();
    assert!(answer(&mut stream).await.starts_with("HTTP/1.1 401"));
}
