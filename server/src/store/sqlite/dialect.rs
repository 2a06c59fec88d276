//! What SQLite says in words of its own.

use super::{Builder, Conn, SqlError};
use crate::store::{StoreError, row};
use serde::Serialize;

/// `(SELECT …)` with the given values, for behind an `IN`. However many they are, the statement is the
/// same, so that a connection compiles it once.
pub(in crate::store) fn push_among<T: Serialize>(
    sql: &mut Builder,
    values: &[T],
) -> Result<(), SqlError> {
    sql.push("(SELECT value FROM json_each(").push_bind(row::to_json(&values)?).push("))");
    Ok(())
}

/// A condition on the JSON array of a row's tags.
fn push_tag(sql: &mut Builder, row: &'static str, tag: &str) {
    sql.push(" AND EXISTS (SELECT 1 FROM json_each(").push(row);
    sql.push(".tags) t WHERE t.value = ").push_bind(tag.to_owned()).push(")");
}

/// A condition on the JSON array of a request's tags.
pub(in crate::store) fn push_has_tag(sql: &mut Builder, tag: &str) {
    push_tag(sql, "r", tag);
}

/// A condition on the JSON array of a person's tags.
pub(in crate::store) fn push_has_user_tag(sql: &mut Builder, tag: &str) {
    push_tag(sql, "u", tag);
}

/// A condition on the JSON array of an organization's tags.
pub(in crate::store) fn push_has_organization_tag(sql: &mut Builder, tag: &str) {
    push_tag(sql, "o", tag);
}

/// How SQLite would go about a statement, a line a step.
pub(in crate::store) async fn plan(
    conn: &mut Conn,
    statement: Builder,
) -> Result<Vec<String>, StoreError> {
    let explain = statement.behind("EXPLAIN QUERY PLAN ");
    let rows: Vec<(i64, i64, i64, String)> = explain.build_query_as().fetch_all(conn).await?;
    Ok(rows.into_iter().map(|(_, _, _, step)| step).collect())
}
