//! Reading columns that SQL has no type for: instants, and words that are enums here.

use super::sqlite::{Row, SqlError};
use api::{Time, request::Status};
use serde::{Serialize, de::DeserializeOwned};
use sla::Severity;

/// An instant, kept as unix seconds.
pub(super) fn time(row: &Row<'_>, column: &str) -> Result<Time, SqlError> {
    Ok(api::time::from_unix(row.try_get(column)?))
}

/// An instant or null.
pub(super) fn time_or_null(row: &Row<'_>, column: &str) -> Result<Option<Time>, SqlError> {
    Ok(row.try_get::<Option<i64>>(column)?.map(api::time::from_unix))
}

/// A word, read by `known`; a word that it does not know means that the row is not ours.
pub(super) fn word<T>(
    row: &Row<'_>,
    column: &str,
    known: impl Fn(&str) -> Option<T>,
) -> Result<T, SqlError> {
    let text: &str = row.try_get(column)?;
    known(text).ok_or_else(|| SqlError::Column {
        column: column.to_owned(),
        source: format!("{text} is not a word that this column has").into(),
    })
}

/// A severity, kept as its priority.
pub(super) fn severity(row: &Row<'_>, column: &str) -> Result<Severity, SqlError> {
    word(row, column, Severity::from_priority)
}

/// A status by its word on the wire, which is also the one in the table.
pub(super) fn status(row: &Row<'_>, column: &str) -> Result<Status, SqlError> {
    word(row, column, Status::from_name)
}

/// A value that is kept as JSON.
pub(super) fn json<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<T, SqlError> {
    let text: &str = row.try_get(column)?;
    serde_json::from_str(text)
        .map_err(|error| SqlError::Column { column: column.to_owned(), source: error.into() })
}

/// A value as the JSON in which it is kept.
pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String, SqlError> {
    serde_json::to_string(value).map_err(|error| SqlError::Encode(error.into()))
}
