//! The line between browsers and the server: a relay that can lose or hold back answers to calls
//! that a test names, after the server has done its work.

use tokio::{
    io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
};

/// A line that works until it is told otherwise; it ends when this is dropped.
pub(crate) struct Line {
    /// What browsers take for the server's origin.
    pub(crate) origin: String,
    fault: watch::Sender<Option<Fault>>,
    task: JoinHandle<()>,
}

/// What happens to answers to calls whose first line, such as `POST /api/v2/requests HTTP/1.1`,
/// contains the words.
#[derive(Clone)]
enum Fault {
    Lose(String),
    Hold(String),
    Cut(String),
    Rewrite(String, &'static str, &'static str),
    /// The call itself waits, with more of it on its way than both ends can buffer.
    Stall(String),
}

impl Line {
    /// A line to the server at this origin.
    pub(crate) async fn lay(server: &str) -> Self {
        let server = server.trim_start_matches("http://").to_owned();
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let origin = format!("http://{}", listener.local_addr().expect("it listens"));
        let (fault, faults) = watch::channel(None);
        let task = tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                tokio::spawn(relay(browser, server.clone(), faults.clone()));
            }
        });
        Self { origin, fault, task }
    }

    /// From now on the server gets such calls, and the connection breaks before its answer is back.
    pub(crate) fn lose_answers_to(&self, call: &str) {
        self.fault.send_replace(Some(Fault::Lose(call.to_owned())));
    }

    /// From now on answers to such calls break off after their first part.
    pub(crate) fn cut_answers_to(&self, call: &str) {
        self.fault.send_replace(Some(Fault::Cut(call.to_owned())));
    }

    /// From now on the head of answers to such calls says one thing in place of another.
    pub(crate) fn rewrite_answers_to(&self, call: &str, from: &'static str, to: &'static str) {
        self.fault.send_replace(Some(Fault::Rewrite(call.to_owned(), from, to)));
    }

    /// From now on answers to such calls wait.
    pub(crate) fn hold_answers_to(&self, call: &str) {
        self.fault.send_replace(Some(Fault::Hold(call.to_owned())));
    }

    /// From now on such calls get as far as their beginning.
    pub(crate) fn stall_calls_to(&self, call: &str) {
        self.fault.send_replace(Some(Fault::Stall(call.to_owned())));
    }

    /// All is well again; what waited goes on.
    pub(crate) fn mend(&self) {
        self.fault.send_replace(None);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Fault {
    fn stalls(&self, call: &str) -> bool {
        matches!(self, Self::Stall(_)) && self.concerns(call)
    }

    fn concerns(&self, call: &str) -> bool {
        let (Self::Lose(words)
        | Self::Hold(words)
        | Self::Cut(words)
        | Self::Stall(words)
        | Self::Rewrite(words, ..)) = self;
        call.contains(words.as_str())
    }
}

/// One connection. Both sides are closed as soon as one is, or a fault strikes.
async fn relay(mut browser: TcpStream, server: String, faults: watch::Receiver<Option<Fault>>) {
    let Ok(mut server) = TcpStream::connect(server).await else { return };
    let (from_browser, to_browser) = browser.split();
    let (from_server, to_server) = server.split();
    let (call, calls) = watch::channel(String::new());
    tokio::select! {
        () = pass_calls(from_browser, to_server, &call, faults.clone()) => {}
        () = pass_answers(from_server, to_browser, calls, faults) => {}
    }
}

/// HTTP/1.1 as browsers speak it: a call begins a segment, and the next waits for its answer.
async fn pass_calls(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    call: &watch::Sender<String>,
    mut faults: watch::Receiver<Option<Fault>>,
) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        let part = &buffer[..length];
        if ["GET ", "POST ", "PUT ", "OPTIONS "]
            .iter()
            .any(|verb| part.starts_with(verb.as_bytes()))
        {
            let line = part.split(|byte| *byte == b'\r').next().unwrap_or_default();
            call.send_replace(String::from_utf8_lossy(line).into_owned());
        }
        if to.write_all(part).await.is_err() {
            return;
        }
        let current = call.borrow().clone();
        let over = |fault: &Option<Fault>| !fault.as_ref().is_some_and(|it| it.stalls(&current));
        if faults.wait_for(over).await.is_err() {
            return;
        }
    }
}

async fn pass_answers(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    calls: watch::Receiver<String>,
    mut faults: watch::Receiver<Option<Fault>>,
) {
    let mut buffer = vec![0; 16 * 1024];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        let call = calls.borrow().clone();
        let fault = faults.borrow_and_update().clone().filter(|fault| fault.concerns(&call));
        match fault {
            None | Some(Fault::Stall(_)) => {}
            Some(Fault::Lose(_)) => return,
            Some(Fault::Cut(_)) => {
                _ = to.write_all(&buffer[..length / 2]).await;
                return;
            }
            Some(Fault::Rewrite(_, said, instead)) => {
                let part = rewritten(&buffer[..length], said, instead);
                if to.write_all(&part).await.is_err() {
                    return;
                }
                continue;
            }
            Some(Fault::Hold(_)) => {
                let over = |fault: &Option<Fault>| {
                    !fault.as_ref().is_some_and(|fault| fault.concerns(&call))
                };
                if faults.wait_for(over).await.is_err() {
                    return;
                }
            }
        }
        if to.write_all(&buffer[..length]).await.is_err() {
            return;
        }
    }
}

/// The head of an answer, which begins a part, with one thing in place of another; any other part as
/// it is.
fn rewritten(part: &[u8], from: &str, to: &str) -> Vec<u8> {
    let end = part.windows(4).position(|four| four == b"\r\n\r\n");
    match end {
        Some(end) if part.starts_with(b"HTTP/") => {
            let head = String::from_utf8_lossy(&part[..end]).replace(from, to);
            [head.as_bytes(), &part[end..]].concat()
        }
        _ => part.to_vec(),
    }
}
