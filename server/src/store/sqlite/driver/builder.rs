//! Puts a statement together whose shape depends on what is asked.

use super::{FromColumn, FromRow, Query, QueryAs, QueryScalar, ToValue, Value};
use std::fmt::{Display, Write as _};

/// A statement in the making. What comes from outside is bound, never pushed.
#[derive(Clone, Debug)]
pub struct Builder {
    sql: String,
    values: Vec<Value<'static>>,
    long: bool,
}

impl Builder {
    /// Begins with some text.
    #[must_use]
    pub fn new(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), values: Vec::new(), long: false }
    }

    /// Adds text.
    pub fn push(&mut self, sql: impl Display) -> &mut Self {
        // A string takes everything.
        let _ = write!(self.sql, "{sql}");
        self
    }

    /// Adds a parameter with its value.
    pub fn push_bind(&mut self, value: impl ToValue<'static>) -> &mut Self {
        self.sql.push('?');
        self.values.push(value.to_value());
        self
    }

    /// Says that this may compute for milliseconds; see [`Query::taking_long`].
    pub fn take_long(&mut self) -> &mut Self {
        self.long = true;
        self
    }

    /// The same with some words in front.
    #[must_use]
    pub fn behind(mut self, words: &str) -> Self {
        self.sql.insert_str(0, words);
        self
    }

    /// The statement, for what it does.
    pub fn build(&self) -> Query<'_> {
        Query::with(&self.sql, self.values.clone(), self.long)
    }

    /// The statement, for its rows.
    pub fn build_query_as<T: FromRow>(&self) -> QueryAs<'_, T> {
        QueryAs::of(self.build())
    }

    /// The statement, for its first column.
    pub fn build_query_scalar<T: for<'r> FromColumn<'r>>(&self) -> QueryScalar<'_, T> {
        QueryScalar::of(self.build())
    }
}
