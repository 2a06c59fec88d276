//! Brings the tables of a database up to date.
//!
//! What was done is noted in `_sqlx_migrations`: the library by which the first versions did this named
//! and shaped that table, and the databases that they made have to open.

use super::driver::{Conn, SqlError, query, query_as};
use sha2::{Digest, Sha384};
use std::time::Instant;

macro_rules! migrations {
    ($($name:literal),+ $(,)?) => {
        &[$(($name, include_str!(concat!("../../../migrations/", $name, ".sql")))),+]
    };
}

/// Number and name of each file, and its statements.
const MIGRATIONS: &[(&str, &str)] = migrations![
    "0001_requests",
    "0002_organizations_and_search",
    "0003_files",
    "0004_tickets",
    "0005_people",
    "0007_file_folder",
    "0009_merged_texts",
    "0010_rich_comments",
];

/// The tables cannot be brought up to date.
#[derive(Debug, thiserror::Error)]
pub enum MigrationError {
    #[error(transparent)]
    Sql(#[from] SqlError),
    #[error("the database is that of a newer server: its migration {0} is not known here")]
    Unknown(i64),
    #[error("the database was made by another migration {0} than this server has")]
    Changed(i64),
}

/// Runs what was not run yet. Either all of it lasts or nothing, and of two processes that open a
/// new file at once one waits for the other and finds the work done.
pub(super) fn run(conn: &mut Conn) -> Result<(), MigrationError> {
    conn.run("BEGIN IMMEDIATE")?;
    let done = run_missing(conn).and_then(|()| Ok(conn.run("COMMIT")?));
    if conn.is_in_transaction() {
        conn.run("ROLLBACK")?;
    }
    done
}

fn run_missing(conn: &mut Conn) -> Result<(), MigrationError> {
    conn.run(
        "CREATE TABLE IF NOT EXISTS _sqlx_migrations (version BIGINT PRIMARY KEY, \
         description TEXT NOT NULL, installed_on TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP, \
         success BOOLEAN NOT NULL, checksum BLOB NOT NULL, execution_time BIGINT NOT NULL)",
    )?;
    let sql = "SELECT version, hex(checksum) FROM _sqlx_migrations ORDER BY version";
    let noted: Vec<(i64, String)> = query_as(sql).run(conn)?;
    let known: Vec<_> = MIGRATIONS.iter().map(|(name, sql)| Migration::new(name, sql)).collect();
    for (version, checksum) in &noted {
        match known.iter().find(|migration| migration.version == *version) {
            Some(migration) if migration.checksum == *checksum => {}
            Some(_) => return Err(MigrationError::Changed(*version)),
            None => return Err(MigrationError::Unknown(*version)),
        }
    }
    for migration in known {
        if !noted.iter().any(|(version, _)| *version == migration.version) {
            migration.run(conn)?;
        }
    }
    Ok(())
}

struct Migration {
    version: i64,
    description: String,
    /// SHA-384 in upper-case hex, as SQLite's `hex` writes it.
    checksum: String,
    sql: &'static str,
}

impl Migration {
    fn new(name: &str, sql: &'static str) -> Self {
        let (number, words) = name.split_once('_').unwrap_or((name, ""));
        Self {
            version: number.parse().unwrap_or_default(),
            description: words.replace('_', " "),
            checksum: format!("{:X}", Sha384::digest(sql)),
            sql,
        }
    }

    fn run(self, conn: &mut Conn) -> Result<(), SqlError> {
        let start = Instant::now();
        conn.run_all(self.sql)?;
        let nanoseconds = i64::try_from(start.elapsed().as_nanos()).unwrap_or(i64::MAX);
        let sql = "INSERT INTO _sqlx_migrations \
            (version, description, success, checksum, execution_time) \
            VALUES ($1, $2, TRUE, unhex($3), $4)";
        let note = query(sql).bind(self.version).bind(self.description).bind(self.checksum);
        note.bind(nanoseconds).run(conn)?;
        Ok(())
    }
}
