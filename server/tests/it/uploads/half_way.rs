//! Uploads that do not come to their end leave nothing behind.

use crate::app::App;
use axum::body::Body;
use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
};
use tokio::io::{AsyncRead, AsyncWriteExt, ReadBuf};
use tokio_util::io::ReaderStream;

/// Some bytes, then a connection that is gone.
struct Broken(bool);

impl AsyncRead for Broken {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if std::mem::replace(&mut self.0, true) {
            return Poll::Ready(Err(io::ErrorKind::ConnectionReset.into()));
        }
        into.put_slice(b"some bytes");
        Poll::Ready(Ok(()))
    }
}

#[tokio::test]
async fn a_connection_that_breaks_leaves_nothing() {
    let app = App::new().await;
    let body = Body::from_stream(ReaderStream::new(Broken(false)));
    let answer = app.ana().key("k1").upload("filename=a.txt", body).await;
    assert_eq!(answer.is(400)["error"], "IncompleteUpload");
    assert_eq!(app.on_disk(), (Vec::new(), Vec::new()));
    // The key is not used up.
    let answer = app.ana().key("k1").upload("filename=a.txt", "all bytes").await;
    assert_eq!(answer.header("x-idempotency-lookup"), Some("miss"));
    answer.is(201);
}

#[tokio::test]
async fn a_call_that_is_given_up_leaves_nothing() {
    let app = App::new().await;
    app.ana().get("/api/v2/users/me").await.is(200);
    let (mut sender, receiver) = tokio::io::duplex(16);
    let body = Body::from_stream(ReaderStream::with_capacity(receiver, 16));
    let ana = app.ana();
    let call = tokio::spawn(async move { ana.upload("filename=a.txt", body).await });
    // The pipe holds 16 bytes, so the server has read when more have gone in.
    sender.write_all(&[b'x'; 64]).await.unwrap();
    assert_eq!(app.on_disk().1.len(), 1);
    call.abort();
    assert!(call.await.unwrap_err().is_cancelled());
    assert_eq!(app.on_disk(), (Vec::new(), Vec::new()));
}

#[tokio::test]
async fn bytes_on_their_way_count_against_what_may_wait() {
    let app = App::with(|config| {
        config.limits.file_bytes = 1000;
        config.limits.waiting_bytes = 1000;
    })
    .await;
    app.ana().get("/api/v2/users/me").await.is(200);
    let (mut sender, receiver) = tokio::io::duplex(16);
    let body = Body::from_stream(ReaderStream::with_capacity(receiver, 16));
    let ana = app.ana();
    let call = tokio::spawn(async move { ana.upload("filename=a.txt", body).await });
    sender.write_all(&[b'x'; 600]).await.unwrap();
    let refused = app.ana().upload("filename=b.txt", vec![b'x'; 600]).await.is(422);
    assert_eq!(refused["details"]["base"][0]["error"], "TooManyValues");
    app.ben().upload("filename=b.txt", vec![b'x'; 600]).await.is(201);
    drop(sender);
    call.await.unwrap().is(201);
    app.ana().upload("filename=b.txt", vec![b'x'; 401]).await.is(422);
    app.ana().upload("filename=b.txt", vec![b'x'; 400]).await.is(201);
}
