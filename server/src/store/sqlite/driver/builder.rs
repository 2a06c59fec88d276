//! Puts a statement together whose shape depends on what is asked.

use super::{FromColumn, FromRow, Query, QueryAs, QueryScalar, ToValue, Value};
use std::fmt::{Display, Write as _};

/// A statement in the making. What comes from outside is bound, never pushed.
#[derive(Clone, Debug)]
pub struct Builder {
    sql: String,
    values: Vec<Value<'static>>,
}

/// Adds to a list with something between the entries.
#[derive(Debug)]
pub struct Separated<'a> {
    builder: &'a mut Builder,
    between: &'static str,
    first: bool,
}

impl Builder {
    /// Begins with some text.
    #[must_use]
    pub fn new(sql: impl Into<String>) -> Self {
        Self { sql: sql.into(), values: Vec::new() }
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

    /// Begins a list.
    pub fn separated(&mut self, between: &'static str) -> Separated<'_> {
        Separated { builder: self, between, first: true }
    }

    /// The text so far.
    #[must_use]
    pub fn sql(&self) -> &str {
        &self.sql
    }

    /// The statement, for what it does.
    pub fn build(&self) -> Query<'_> {
        Query::with(&self.sql, self.values.clone())
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

impl Separated<'_> {
    /// Adds a parameter with its value.
    pub fn push_bind(&mut self, value: impl ToValue<'static>) -> &mut Self {
        if !self.first {
            self.builder.sql.push_str(self.between);
        }
        self.first = false;
        self.builder.push_bind(value);
        self
    }
}
