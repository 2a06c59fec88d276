//! A statement with its values, and what it gives.
//!
//! The methods that end in a word of fetching or executing are `async` although nothing in them
//! waits: whoever calls them need not change the day that something does.

use super::{Conn, FromColumn, FromRow, Row, SqlError, ToValue, Value};
use rusqlite::CachedStatement;
use std::{borrow::Cow, marker::PhantomData};

/// A statement that gives nothing.
#[derive(Clone, Debug)]
#[must_use]
pub struct Query<'q> {
    sql: Cow<'q, str>,
    values: Vec<Value<'q>>,
}

/// A statement whose rows are read as `T`.
#[derive(Clone, Debug)]
#[must_use]
pub struct QueryAs<'q, T>(Query<'q>, PhantomData<T>);

/// A statement whose first column is read as `T`.
#[derive(Clone, Debug)]
#[must_use]
pub struct QueryScalar<'q, T>(Query<'q>, PhantomData<T>);

/// What a statement changed.
#[derive(Clone, Copy, Debug)]
pub struct Done(u64);

impl Done {
    /// How many rows it inserted, updated or deleted.
    #[must_use]
    pub fn rows_affected(self) -> u64 {
        self.0
    }
}

/// A statement that gives nothing. Parameters are `$1`, `$2` and so on, or `?` in their order.
pub fn query<'q>(sql: impl Into<Cow<'q, str>>) -> Query<'q> {
    Query { sql: sql.into(), values: Vec::new() }
}

/// A statement whose rows are read as `T`.
pub fn query_as<'q, T>(sql: impl Into<Cow<'q, str>>) -> QueryAs<'q, T> {
    QueryAs(query(sql), PhantomData)
}

/// A statement whose first column is read as `T`.
pub fn query_scalar<'q, T>(sql: impl Into<Cow<'q, str>>) -> QueryScalar<'q, T> {
    QueryScalar(query(sql), PhantomData)
}

impl<'q> Query<'q> {
    pub(super) fn with(sql: &'q str, values: Vec<Value<'q>>) -> Self {
        Self { sql: Cow::Borrowed(sql), values }
    }

    /// Binds the next value.
    pub fn bind(mut self, value: impl ToValue<'q>) -> Self {
        self.values.push(value.to_value());
        self
    }

    /// Runs it to its end.
    ///
    /// # Errors
    /// When the database fails; so for every method here.
    #[expect(clippy::unused_async, reason = "see the head of this file")]
    pub async fn execute(self, conn: &mut Conn) -> Result<Done, SqlError> {
        self.run(conn)
    }

    /// The same for whoever cannot wait.
    pub(in crate::store) fn run(self, conn: &mut Conn) -> Result<Done, SqlError> {
        self.each(conn, |_| Ok(true))?;
        Ok(Done(conn.0.changes()))
    }

    /// Looks at row after row until `look` has seen enough.
    fn each(
        &self,
        conn: &mut Conn,
        mut look: impl FnMut(&Row<'_>) -> Result<bool, SqlError>,
    ) -> Result<(), SqlError> {
        let mut statement = conn.0.prepare_cached(&self.sql)?;
        self.bind_all(&mut statement)?;
        let names: Vec<String> = statement.column_names().into_iter().map(String::from).collect();
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            if !look(&Row::new(row, &names))? {
                break;
            }
        }
        Ok(())
    }

    /// SQLite numbers named parameters as they appear, so that `$2` may be its first.
    fn bind_all(&self, statement: &mut CachedStatement<'_>) -> Result<(), SqlError> {
        for place in 1..=statement.parameter_count() {
            let number = match statement.parameter_name(place) {
                None => place,
                Some(name) => name.get(1..).and_then(|name| name.parse().ok()).unwrap_or(place),
            };
            let value = number.checked_sub(1).and_then(|at| self.values.get(at));
            statement.raw_bind_parameter(place, value.unwrap_or(&Value::Null))?;
        }
        Ok(())
    }

    fn all<T>(
        &self,
        conn: &mut Conn,
        mut read: impl FnMut(&Row<'_>) -> Result<T, SqlError>,
    ) -> Result<Vec<T>, SqlError> {
        let mut found = Vec::new();
        self.each(conn, |row| {
            found.push(read(row)?);
            Ok(true)
        })?;
        Ok(found)
    }

    /// The first row. What changes rows while it gives them is not cut short by that: SQLite does
    /// all the changing first.
    fn first<T>(
        &self,
        conn: &mut Conn,
        mut read: impl FnMut(&Row<'_>) -> Result<T, SqlError>,
    ) -> Result<Option<T>, SqlError> {
        let mut found = None;
        self.each(conn, |row| {
            found = Some(read(row)?);
            Ok(false)
        })?;
        Ok(found)
    }
}

#[expect(clippy::unused_async, reason = "see the head of this file")]
impl<'q, T: FromRow> QueryAs<'q, T> {
    pub(super) fn of(query: Query<'q>) -> Self {
        Self(query, PhantomData)
    }

    /// Binds the next value.
    pub fn bind(self, value: impl ToValue<'q>) -> Self {
        Self(self.0.bind(value), PhantomData)
    }

    /// Every row.
    ///
    /// # Errors
    /// When the database fails, or a row is not a `T`; so for every method here.
    pub async fn fetch_all(self, conn: &mut Conn) -> Result<Vec<T>, SqlError> {
        self.0.all(conn, T::from_row)
    }

    /// The first row, if there is one.
    pub async fn fetch_optional(self, conn: &mut Conn) -> Result<Option<T>, SqlError> {
        self.0.first(conn, T::from_row)
    }

    /// The first row.
    pub async fn fetch_one(self, conn: &mut Conn) -> Result<T, SqlError> {
        self.0.first(conn, T::from_row)?.ok_or(SqlError::RowNotFound)
    }
}

#[expect(clippy::unused_async, reason = "see the head of this file")]
impl<'q, T: for<'r> FromColumn<'r>> QueryScalar<'q, T> {
    pub(super) fn of(query: Query<'q>) -> Self {
        Self(query, PhantomData)
    }

    /// Binds the next value.
    pub fn bind(self, value: impl ToValue<'q>) -> Self {
        Self(self.0.bind(value), PhantomData)
    }

    /// The first column of every row.
    ///
    /// # Errors
    /// When the database fails, or a value is not a `T`; so for every method here.
    pub async fn fetch_all(self, conn: &mut Conn) -> Result<Vec<T>, SqlError> {
        self.0.all(conn, |row| row.at(0))
    }

    /// The first column of the first row, if there is one.
    pub async fn fetch_optional(self, conn: &mut Conn) -> Result<Option<T>, SqlError> {
        self.0.first(conn, |row| row.at(0))
    }

    /// The first column of the first row.
    pub async fn fetch_one(self, conn: &mut Conn) -> Result<T, SqlError> {
        self.0.first(conn, |row| row.at(0))?.ok_or(SqlError::RowNotFound)
    }
}
