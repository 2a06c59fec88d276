//! A statement with its values, and what it gives.
//!
//! The methods that end in a word of fetching or executing are `async` although nothing in them
//! waits: whoever calls them need not change the day that something does.

use super::{
    Conn, Done, FromColumn, FromRow, Row, Sql, SqlError, ToValue, Value, in_place,
    statement::{all, execute, first},
};
use std::{borrow::Cow, marker::PhantomData};

/// A statement that gives nothing.
#[derive(Clone, Debug)]
#[must_use]
pub struct Query<'q> {
    sql: Cow<'q, str>,
    values: Vec<Value<'q>>,
    long: bool,
}

/// A statement whose rows are read as `T`.
#[derive(Clone, Debug)]
#[must_use]
pub struct QueryAs<'q, T>(Query<'q>, PhantomData<T>);

/// A statement whose first column is read as `T`.
#[derive(Clone, Debug)]
#[must_use]
pub struct QueryScalar<'q, T>(Query<'q>, PhantomData<T>);

/// A statement that gives nothing. Its parameters are `$1`, `$2` and so on.
pub fn query<'q>(sql: impl Into<Sql>) -> Query<'q> {
    Query { sql: sql.into().0, values: Vec::new(), long: false }
}

/// A statement whose rows are read as `T`.
pub fn query_as<'q, T>(sql: impl Into<Sql>) -> QueryAs<'q, T> {
    QueryAs(query(sql), PhantomData)
}

/// A statement whose first column is read as `T`.
pub fn query_scalar<'q, T>(sql: impl Into<Sql>) -> QueryScalar<'q, T> {
    QueryScalar(query(sql), PhantomData)
}

impl<'q> Query<'q> {
    pub(super) fn with(sql: &'q str, values: Vec<Value<'q>>, long: bool) -> Self {
        Self { sql: Cow::Borrowed(sql), values, long }
    }

    /// Binds the next value.
    pub fn bind(mut self, value: impl ToValue<'q>) -> Self {
        self.values.push(value.to_value());
        self
    }

    /// Says that this may compute for milliseconds, so that other calls had better go on elsewhere.
    pub fn taking_long(mut self) -> Self {
        self.long = true;
        self
    }

    /// Runs it to its end.
    ///
    /// # Errors
    /// When the database fails.
    #[expect(clippy::unused_async, reason = "see the head of this file")]
    pub async fn execute(self, conn: &mut Conn) -> Result<Done, SqlError> {
        self.run(conn)
    }

    /// The same for whoever cannot wait.
    pub(in crate::store) fn run(self, conn: &mut Conn) -> Result<Done, SqlError> {
        self.here(|| execute(conn, &self.sql, &self.values))
    }

    fn all<T>(
        &self,
        conn: &mut Conn,
        read: impl FnMut(&Row<'_>) -> Result<T, SqlError>,
    ) -> Result<Vec<T>, SqlError> {
        self.here(|| all(conn, &self.sql, &self.values, read))
    }

    fn first<T>(
        &self,
        conn: &mut Conn,
        read: impl FnMut(&Row<'_>) -> Result<T, SqlError>,
    ) -> Result<Option<T>, SqlError> {
        self.here(|| first(conn, &self.sql, &self.values, read))
    }

    fn here<T>(&self, work: impl FnOnce() -> T) -> T {
        if self.long { in_place(work) } else { work() }
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
        self.run(conn)
    }

    /// The same for whoever cannot wait.
    pub(in crate::store) fn run(self, conn: &mut Conn) -> Result<Vec<T>, SqlError> {
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
