//! The load: so many connections, each of which sends its next call when it has the answer to the
//! one before. An answer that is no success ends the run, for what fails is quick for no good reason.

mod call;
mod connection;

use crate::figures::Figures;
use anyhow::{Result, bail};
use std::{
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::task::JoinSet;

pub(crate) use call::{Call, HOST};
pub(crate) use connection::Connection;

/// The calls of a scenario, and which one comes next. Connections share it, and so do rounds.
#[derive(Clone)]
pub(crate) struct Queue {
    calls: Arc<Vec<Call>>,
    next: Arc<AtomicUsize>,
}

impl Queue {
    pub(crate) fn new(calls: Vec<Call>) -> Self {
        Self { calls: Arc::new(calls), next: Arc::default() }
    }

    /// Writes the next call; begins anew after the last.
    pub(crate) fn write_next(&self, request: &mut Vec<u8>) {
        let turn = self.next.fetch_add(1, Ordering::Relaxed);
        if let Some(call) = self.calls.get(turn % self.calls.len().max(1)) {
            call.write(turn, request);
        }
    }
}

/// Calls a server for so long over so many connections.
pub(crate) async fn load(
    address: SocketAddr,
    queue: &Queue,
    connections: usize,
    span: Duration,
) -> Result<Figures> {
    let mut open = Vec::with_capacity(connections);
    for _ in 0..connections {
        open.push(Connection::open(address).await?);
    }
    let mut all = JoinSet::new();
    let start = Instant::now();
    for connection in open {
        all.spawn(one(connection, queue.clone(), start + span));
    }
    let mut times = Vec::new();
    while let Some(done) = all.join_next().await {
        times.extend(done??);
    }
    Ok(Figures::new(times, start.elapsed()))
}

async fn one(mut connection: Connection, queue: Queue, end: Instant) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    let mut request = Vec::new();
    loop {
        queue.write_next(&mut request);
        let start = Instant::now();
        let answer = connection.call(&request).await?;
        let done = Instant::now();
        if !(200..300).contains(&answer.status) {
            let first = request.split(|byte| *byte == b'\r').next().unwrap_or_default();
            bail!(
                "{} was answered {}: {}",
                String::from_utf8_lossy(first),
                answer.status,
                String::from_utf8_lossy(answer.body)
            );
        }
        times.push(done - start);
        if done >= end {
            return Ok(times);
        }
    }
}
