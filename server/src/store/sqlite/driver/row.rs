//! What comes back: rows, their columns, and how structs are made of them.

use super::SqlError;
use rusqlite::types::ValueRef;
use std::cell::Cell;

/// A row while it is looked at.
#[derive(Debug)]
pub struct Row<'a> {
    row: &'a rusqlite::Row<'a>,
    names: &'a [String],
    /// Where the next name is looked for first: columns are mostly read in their order.
    next: Cell<usize>,
}

/// What a column can be read as.
pub trait FromColumn<'r>: Sized {
    /// The value, if it is of this kind.
    fn from_column(value: ValueRef<'r>) -> Option<Self>;
}

/// What a row can be read as.
pub trait FromRow: Sized {
    /// Reads a row.
    ///
    /// # Errors
    /// When a column is missing or of another kind.
    fn from_row(from: &Row<'_>) -> Result<Self, SqlError>;
}

impl<'a> Row<'a> {
    pub(super) fn new(row: &'a rusqlite::Row<'a>, names: &'a [String]) -> Self {
        Self { row, names, next: Cell::new(0) }
    }

    /// A column by its name.
    ///
    /// # Errors
    /// When there is none, or it is of another kind.
    pub fn try_get<T: FromColumn<'a>>(&self, name: &str) -> Result<T, SqlError> {
        let (before, after) = self.names.split_at(self.next.get().min(self.names.len()));
        let found = after.iter().position(|it| it == name).map(|at| before.len() + at);
        let found = found.or_else(|| before.iter().position(|it| it == name));
        let at = found.ok_or_else(|| rusqlite::Error::InvalidColumnName(name.to_owned()))?;
        self.next.set(at + 1);
        self.at(at)
    }

    /// A column by its place.
    pub(super) fn at<T: FromColumn<'a>>(&self, at: usize) -> Result<T, SqlError> {
        let value = self.row.get_ref(at)?;
        T::from_column(value).ok_or_else(|| {
            let column = self.names.get(at).cloned().unwrap_or_default();
            SqlError::Column { column, source: format!("unexpected {}", value.data_type()).into() }
        })
    }
}

impl<'r> FromColumn<'r> for i64 {
    fn from_column(value: ValueRef<'r>) -> Option<Self> {
        match value {
            ValueRef::Integer(number) => Some(number),
            _ => None,
        }
    }
}

impl<'r> FromColumn<'r> for u32 {
    fn from_column(value: ValueRef<'r>) -> Option<Self> {
        i64::from_column(value)?.try_into().ok()
    }
}

impl<'r> FromColumn<'r> for u16 {
    fn from_column(value: ValueRef<'r>) -> Option<Self> {
        i64::from_column(value)?.try_into().ok()
    }
}

impl<'r> FromColumn<'r> for bool {
    fn from_column(value: ValueRef<'r>) -> Option<Self> {
        i64::from_column(value).map(|number| number != 0)
    }
}

impl<'r> FromColumn<'r> for &'r str {
    fn from_column(value: ValueRef<'r>) -> Option<Self> {
        value.as_str().ok()
    }
}

impl<'r> FromColumn<'r> for String {
    fn from_column(value: ValueRef<'r>) -> Option<Self> {
        value.as_str().ok().map(str::to_owned)
    }
}

impl<'r, T: FromColumn<'r>> FromColumn<'r> for Option<T> {
    fn from_column(value: ValueRef<'r>) -> Option<Self> {
        match value {
            ValueRef::Null => Some(None),
            value => T::from_column(value).map(Some),
        }
    }
}

macro_rules! tuple {
    ($($name:ident $at:literal),+) => {
        impl<$($name: for<'r> FromColumn<'r>),+> FromRow for ($($name,)+) {
            fn from_row(from: &Row<'_>) -> Result<Self, SqlError> {
                Ok(($(from.at::<$name>($at)?,)+))
            }
        }
    };
}

tuple!(A 0);
tuple!(A 0, B 1);
tuple!(A 0, B 1, C 2);
tuple!(A 0, B 1, C 2, D 3);
tuple!(A 0, B 1, C 2, D 3, E 4);
