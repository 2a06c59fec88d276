//! Bare SQLite: the statements of the server's calls, run by SQLite's own interface and nothing
//! else. No task, no channel, no type of ours; each statement is compiled once a connection, and
//! every column of every row is looked at.

mod recorder;
mod statement;

use crate::figures::Figures;
use anyhow::{Context, Error, Result, anyhow};
use rusqlite::{Connection, OpenFlags, types::ValueRef};
use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

pub(crate) use recorder::{Recorder, sqlite_version};
pub(crate) use statement::Statement;

/// Statements that a connection keeps compiled: all that there are.
const COMPILED: usize = 4_096;

/// What the server asked for one call.
#[derive(Clone, Debug)]
pub(crate) struct Operation(Vec<Statement>);

/// Where bare SQLite works, and how it was set up by the server.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) path: PathBuf,
    /// The pragmas that the server gave its connections.
    pub(crate) pragmas: BTreeSet<Arc<str>>,
}

impl Place {
    pub(crate) fn new(path: &Path, opening: &[Statement]) -> Self {
        let pragmas = opening.iter().filter(|it| it.begins_with("PRAGMA") && it.sql.contains('='));
        // The one that tells the server's readers apart; bare SQLite reads and writes by one.
        let pragmas = pragmas.map(|it| it.sql.trim()).filter(|sql| !sql.contains("query_only"));
        let pragmas = BTreeSet::from_iter(pragmas.map(Arc::from));
        Self { path: path.to_owned(), pragmas }
    }

    fn open(&self) -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let conn = Connection::open_with_flags(&self.path, flags)?;
        for pragma in &self.pragmas {
            conn.execute_batch(pragma).with_context(|| format!("cannot do: {pragma}"))?;
        }
        conn.set_prepared_statement_cache_capacity(COMPILED);
        Ok(conn)
    }
}

impl Operation {
    /// A call's statements. The end of a transaction that only reads reaches SQLite at any later
    /// time, so those are left out here and made where they are needed; and a connection that the
    /// server opens in between is no part of the call.
    pub(crate) fn new(heard: Vec<Statement>) -> Self {
        let ends = |it: &Statement| it.begins_with("ROLLBACK") && !it.sql.contains(" TO ");
        Self(heard.into_iter().filter(|it| !ends(it) && !it.begins_with("PRAGMA")).collect())
    }

    /// How many statements it has.
    pub(crate) fn statements(&self) -> usize {
        self.0.len()
    }

    /// Runs it; returns how many bytes were in all columns, so that nothing can be skipped.
    fn run(&self, conn: &Connection) -> Result<usize> {
        let mut seen = 0;
        for statement in &self.0 {
            if statement.begins_with("BEGIN") {
                end(conn)?;
            }
            seen += run(conn, statement).with_context(|| format!("in {}", statement.sql))?;
        }
        end(conn)?;
        Ok(seen)
    }
}

/// Ends what only read.
fn end(conn: &Connection) -> Result<()> {
    if !conn.is_autocommit() {
        conn.prepare_cached("ROLLBACK")?.raw_execute()?;
    }
    Ok(())
}

fn run(conn: &Connection, statement: &Statement) -> Result<usize> {
    let mut prepared = conn.prepare_cached(&statement.sql)?;
    for (number, value) in &statement.values {
        prepared.raw_bind_parameter(*number, value)?;
    }
    let columns = prepared.column_count();
    let mut rows = prepared.raw_query();
    let mut seen = 0;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            seen += match row.get_ref(column)? {
                ValueRef::Text(bytes) | ValueRef::Blob(bytes) => bytes.len(),
                ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) => 1,
            };
        }
    }
    Ok(seen)
}

/// Connections that read; they are kept, as a server keeps its own.
pub(crate) struct Readers(Vec<Connection>);

impl Readers {
    pub(crate) fn open(place: &Place, connections: usize) -> Result<Self> {
        Ok(Self((0..connections).map(|_| place.open()).collect::<Result<_>>()?))
    }

    /// Runs operations for so long on so many connections, each on a thread of its own.
    pub(crate) fn read(
        &mut self,
        operations: &[Operation],
        connections: usize,
        span: Duration,
    ) -> Result<Figures> {
        let next = AtomicUsize::new(0);
        let start = Instant::now();
        let times = thread::scope(|scope| {
            let threads: Vec<_> = self
                .0
                .iter_mut()
                .take(connections)
                .map(|conn| scope.spawn(|| read(conn, operations, &next, start + span)))
                .collect();
            let mut times = Vec::new();
            for thread in threads {
                times.extend(thread.join().map_err(|_| anyhow!("a reader panicked"))??);
            }
            Ok::<_, Error>(times)
        })?;
        Ok(Figures::new(times, start.elapsed()))
    }
}

fn read(
    conn: &mut Connection,
    operations: &[Operation],
    next: &AtomicUsize,
    end: Instant,
) -> Result<Vec<Duration>> {
    let mut times = Vec::new();
    loop {
        let turn = next.fetch_add(1, Ordering::Relaxed) % operations.len().max(1);
        let operation = operations.get(turn).context("there is nothing to run")?;
        let before = Instant::now();
        std::hint::black_box(operation.run(conn)?);
        let done = Instant::now();
        times.push(done - before);
        if done >= end {
            return Ok(times);
        }
    }
}

/// Writes one by one, each committed durably before the next begins. What was written in an earlier
/// round cannot be written again, so this continues where it stopped.
pub(crate) struct Writer {
    conn: Connection,
    operations: std::vec::IntoIter<Operation>,
}

impl Writer {
    pub(crate) fn open(place: &Place, operations: Vec<Operation>) -> Result<Self> {
        Ok(Self { conn: place.open()?, operations: operations.into_iter() })
    }

    /// Writes the next so many.
    pub(crate) fn write(&mut self, count: usize) -> Result<Figures> {
        let mut times = Vec::with_capacity(count);
        let start = Instant::now();
        for operation in self.operations.by_ref().take(count) {
            let before = Instant::now();
            operation.run(&self.conn)?;
            times.push(before.elapsed());
        }
        Ok(Figures::new(times, start.elapsed()))
    }
}
