//! Listens to what the server asks SQLite. The server runs inside this process while it is listened
//! to, with its own pools and its own connections; SQLite itself tells every statement as it starts,
//! once as it was written and once with its values.

use super::statement::Statement;
use anyhow::{Result, ensure};
use rusqlite::{
    Connection,
    auto_extension::{cancel_auto_extension, init_auto_extension, register_auto_extension},
    ffi,
    trace::{TraceEvent, TraceEventCodes},
};
use std::{
    ffi::{c_char, c_int},
    sync::{Mutex, PoisonError},
};

/// What was heard since the last look: each statement as written, and with its values.
static HEARD: Mutex<Vec<(String, String)>> = Mutex::new(Vec::new());

/// While it lives, every connection that this process opens is listened to until it is closed.
pub(crate) struct Recorder(());

impl Recorder {
    /// Begins to listen to connections that are opened from now on.
    pub(crate) fn start() -> Result<Self> {
        #[expect(unsafe_code, reason = "SQLite calls back through C")]
        // SAFETY: `listen` neither opens nor closes a connection, and leaves the list of
        // extensions alone.
        unsafe {
            register_auto_extension(listen_raw)?;
        }
        Ok(Self(()))
    }

    /// What was asked since the last look.
    pub(crate) fn take(&self) -> Result<Vec<Statement>> {
        let heard = std::mem::take(&mut *HEARD.lock().unwrap_or_else(PoisonError::into_inner));
        heard.iter().map(|(written, expanded)| Statement::read(written, expanded)).collect()
    }
}

impl Drop for Recorder {
    fn drop(&mut self) {
        cancel_auto_extension(listen_raw);
    }
}

#[expect(unsafe_code, reason = "the signature is SQLite's")]
unsafe extern "C" fn listen_raw(
    db: *mut ffi::sqlite3,
    message: *mut *mut c_char,
    _: *const ffi::sqlite3_api_routines,
) -> c_int {
    // SAFETY: SQLite calls this with a connection that it has just opened.
    unsafe { init_auto_extension(db, message, listen) }
}

fn listen(conn: Connection) -> rusqlite::Result<()> {
    conn.trace_v2(TraceEventCodes::SQLITE_TRACE_STMT, Some(hear));
    Ok(())
}

fn hear(event: TraceEvent<'_>) {
    // Statements that others run inside (triggers, the full-text index) are told as comments; they
    // follow by themselves when the outer one is run.
    if let TraceEvent::Stmt(statement, text) = event
        && !text.starts_with("--")
    {
        let expanded = statement.expanded_sql().unwrap_or_default();
        let heard = (statement.sql().into_owned(), expanded);
        HEARD.lock().unwrap_or_else(PoisonError::into_inner).push(heard);
    }
}

/// The version of the SQLite that all of this process uses.
pub(crate) fn sqlite_version() -> Result<&'static str> {
    let version = rusqlite::version();
    ensure!(!version.is_empty(), "SQLite does not say which it is");
    Ok(version)
}
