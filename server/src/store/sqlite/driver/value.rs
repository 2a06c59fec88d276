//! What is bound to the parameters of a statement.

use rusqlite::{
    ToSql,
    types::{ToSqlOutput, ValueRef},
};
use std::borrow::Cow;

/// A bound value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'q> {
    Null,
    Integer(i64),
    Text(Cow<'q, str>),
}

impl ToSql for Value<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Integer(number) => ValueRef::Integer(*number),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

/// What can be bound.
pub trait ToValue<'q> {
    /// The value as SQLite knows it.
    fn to_value(self) -> Value<'q>;
}

impl<'q> ToValue<'q> for i64 {
    fn to_value(self) -> Value<'q> {
        Value::Integer(self)
    }
}

impl<'q> ToValue<'q> for i32 {
    fn to_value(self) -> Value<'q> {
        Value::Integer(self.into())
    }
}

impl<'q> ToValue<'q> for u32 {
    fn to_value(self) -> Value<'q> {
        Value::Integer(self.into())
    }
}

impl<'q> ToValue<'q> for bool {
    fn to_value(self) -> Value<'q> {
        Value::Integer(self.into())
    }
}

impl<'q> ToValue<'q> for &'q str {
    fn to_value(self) -> Value<'q> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl<'q> ToValue<'q> for String {
    fn to_value(self) -> Value<'q> {
        Value::Text(Cow::Owned(self))
    }
}

impl<'q> ToValue<'q> for &'q String {
    fn to_value(self) -> Value<'q> {
        Value::Text(Cow::Borrowed(self))
    }
}

impl<'q, T: ToValue<'q>> ToValue<'q> for Option<T> {
    fn to_value(self) -> Value<'q> {
        self.map_or(Value::Null, T::to_value)
    }
}

/// Lets a type that wraps another be bound and read as that other.
macro_rules! transparent {
    ($name:ident($inner:ty)) => {
        impl<'q> $crate::store::sqlite::ToValue<'q> for $name {
            fn to_value(self) -> $crate::store::sqlite::Value<'q> {
                $crate::store::sqlite::ToValue::to_value(self.0)
            }
        }

        impl<'q> $crate::store::sqlite::ToValue<'q> for &'q $name {
            fn to_value(self) -> $crate::store::sqlite::Value<'q> {
                $crate::store::sqlite::ToValue::to_value(self.0.clone())
            }
        }

        impl<'r> $crate::store::sqlite::FromColumn<'r> for $name {
            fn from_column(value: $crate::store::sqlite::ValueRef<'r>) -> Option<Self> {
                <$inner as $crate::store::sqlite::FromColumn>::from_column(value).map(Self)
            }
        }
    };
}

pub(in crate::store) use transparent;
