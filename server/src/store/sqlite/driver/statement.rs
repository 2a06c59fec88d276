//! A statement being run: the one place where this driver meets SQLite's own interface.

use super::{Conn, Row, SqlError, Value};
use rusqlite::CachedStatement;
use std::borrow::Cow;

/// The text of a statement. A literal is one by itself; for text that was put together somebody has
/// to vouch, by [`Sql::made`], so that nothing from outside gets into it by the way.
#[derive(Clone, Debug)]
pub struct Sql(pub(super) Cow<'static, str>);

/// What a statement changed.
#[derive(Clone, Copy, Debug)]
pub struct Done(u64);

impl Sql {
    /// Text that holds nothing from outside.
    #[must_use]
    pub fn made(text: impl Into<String>) -> Self {
        Self(Cow::Owned(text.into()))
    }
}

impl From<&'static str> for Sql {
    fn from(text: &'static str) -> Self {
        Self(Cow::Borrowed(text))
    }
}

impl Done {
    /// How many rows it inserted, updated or deleted.
    #[must_use]
    pub fn rows_affected(self) -> u64 {
        self.0
    }
}

/// Runs a statement to its end.
pub(super) fn execute(conn: &mut Conn, sql: &str, values: &[Value<'_>]) -> Result<Done, SqlError> {
    each(conn, sql, values, |_| Ok(true))?;
    Ok(Done(conn.0.changes()))
}

/// Every row, as `read` reads it.
pub(super) fn all<T>(
    conn: &mut Conn,
    sql: &str,
    values: &[Value<'_>],
    mut read: impl FnMut(&Row<'_>) -> Result<T, SqlError>,
) -> Result<Vec<T>, SqlError> {
    let mut found = Vec::new();
    each(conn, sql, values, |row| {
        found.push(read(row)?);
        Ok(true)
    })?;
    Ok(found)
}

/// The first row, if there is one.
pub(super) fn first<T>(
    conn: &mut Conn,
    sql: &str,
    values: &[Value<'_>],
    mut read: impl FnMut(&Row<'_>) -> Result<T, SqlError>,
) -> Result<Option<T>, SqlError> {
    let mut found = None;
    each(conn, sql, values, |row| {
        if found.is_none() {
            found = Some(read(row)?);
        }
        Ok(false)
    })?;
    Ok(found)
}

/// Shows `look` row after row until it wants no more. What writes is run to its end all the same:
/// only there SQLite looks at foreign keys, and to stop before would be to hear nothing of them.
fn each(
    conn: &mut Conn,
    sql: &str,
    values: &[Value<'_>],
    mut look: impl FnMut(&Row<'_>) -> Result<bool, SqlError>,
) -> Result<(), SqlError> {
    let mut statement = conn.0.prepare_cached(sql)?;
    bind(&mut statement, values)?;
    let names: Vec<String> = statement.column_names().into_iter().map(String::from).collect();
    let to_the_end = !statement.readonly();
    let mut rows = statement.raw_query();
    while let Some(row) = rows.next()? {
        if !look(&Row::new(row, &names))? && !to_the_end {
            break;
        }
    }
    Ok(())
}

/// SQLite numbers named parameters as they appear, so that `$2` may be its first.
fn bind(statement: &mut CachedStatement<'_>, values: &[Value<'_>]) -> Result<(), SqlError> {
    for place in 1..=statement.parameter_count() {
        let number = match statement.parameter_name(place) {
            None => place,
            Some(name) => name.get(1..).and_then(|name| name.parse().ok()).unwrap_or(place),
        };
        let value = number.checked_sub(1).and_then(|at| values.get(at));
        let value = value.ok_or(SqlError::Unbound(number))?;
        statement.raw_bind_parameter(place, value)?;
    }
    Ok(())
}
