//! Connections: taking them, serving them, and ending them when nothing comes, nothing is taken, or
//! the server stops.
//!
//! `axum::serve` does the same without any time limit, so that whoever opens connections and says
//! nothing, or says it one byte a minute, holds them for ever.

use crate::config::Connections;
use axum::{
    Router,
    body::{Body, Bytes},
    extract::{ConnectInfo, Request},
};
use hyper::{
    body::{Body as HttpBody, Frame, Incoming, SizeHint},
    server::conn::http1,
    service::service_fn,
};
use hyper_util::rt::{TokioIo, TokioTimer};
use std::{
    convert::Infallible,
    io,
    net::SocketAddr,
    pin::{Pin, pin},
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinSet,
    time::{sleep, timeout},
};
use tokio_io_timeout::TimeoutStream;
use tower::ServiceExt;

/// How long to wait before the next try when no connection can be taken, mostly because too many
/// files are open.
const BREATH: Duration = Duration::from_millis(200);

/// How long the last bytes of an answer may take once the server stops.
const FLUSH: Duration = Duration::from_secs(1);

/// Serves one listener until `stopped` says so or its sender is gone, then finishes the calls in
/// flight.
pub async fn serve(
    listener: TcpListener,
    app: Router,
    patience: Connections,
    mut stopped: watch::Receiver<bool>,
) {
    let mut connections = JoinSet::new();
    loop {
        let taken = tokio::select! {
            taken = listener.accept() => taken,
            Some(_) = connections.join_next() => continue,
            _ = stopped.wait_for(|stopped| *stopped) => break,
        };
        match taken {
            Ok((stream, peer)) => {
                let stopped = stopped.clone();
                connections.spawn(converse(stream, peer, app.clone(), patience, stopped));
            }
            Err(error) if hung_up(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken");
                sleep(BREATH).await;
            }
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// Whether the caller was gone before we answered.
fn hung_up(error: &io::Error) -> bool {
    use io::ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    matches!(error.kind(), ConnectionRefused | ConnectionAborted | ConnectionReset)
}

/// Serves one connection to its end.
async fn converse(
    stream: TcpStream,
    peer: SocketAddr,
    app: Router,
    patience: Connections,
    mut stopped: watch::Receiver<bool>,
) {
    // Events go out at once. A system that refuses sends them a little later.
    drop(stream.set_nodelay(true));
    let mut stream = TimeoutStream::new(stream);
    stream.set_write_timeout(Some(patience.write()));
    let calls = Call::default();
    let service = service_fn(|request: Request<Incoming>| {
        let call = calls.clone();
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = app.clone().oneshot(request);
        async move { Ok::<_, Infallible>(answer.await?.map(|body| Answer { body, _call: call })) }
    });
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(patience.idle())
            .serve_connection(TokioIo::new(Box::pin(stream)), service)
    );
    tokio::select! {
        // What goes wrong here is the caller's doing: silence, nonsense, a hang-up.
        _ = connection.as_mut() => return,
        _ = stopped.wait_for(|stopped| *stopped) => {}
    }
    connection.as_mut().graceful_shutdown();
    // Calls are finished, however long they take; a head of which half is there is no call.
    while timeout(FLUSH, connection.as_mut()).await.is_err() && calls.others() {}
}

/// Something that lasts as long as a call: from its head to the end of its answer.
#[derive(Clone, Default)]
struct Call(Arc<()>);

impl Call {
    /// Whether there is another one of the same connection.
    fn others(&self) -> bool {
        Arc::strong_count(&self.0) > 1
    }
}

/// The body of an answer, whose call lasts as long as it does.
struct Answer {
    body: Body,
    _call: Call,
}

impl HttpBody for Answer {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
