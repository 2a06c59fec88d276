//! Clauses that stand in many statements.

use super::{
    requests::Span,
    sqlite::{Builder, ToValue},
    window::Window,
};

/// `($1, $2, …)`, for behind an `IN`, of a few values. Longer lists are
/// [`push_among`](super::sqlite::dialect::push_among)'s.
pub(super) fn push_list(
    sql: &mut Builder,
    values: impl IntoIterator<Item = impl ToValue<'static>>,
) {
    for (at, value) in values.into_iter().enumerate() {
        sql.push(if at == 0 { "(" } else { ", " }).push_bind(value);
    }
    sql.push(")");
}

/// A condition on an instant, if there is one.
pub(super) fn push_span(sql: &mut Builder, column: &str, span: Option<&Span>) {
    let Some(span) = span else { return };
    sql.push(" AND ").push(column).push(" >= ").push_bind(*span.start());
    sql.push(" AND ").push(column).push(" <= ").push_bind(*span.end());
}

/// A condition that leaves the rows behind the one from which a part of a list starts, in the order
/// of an instant and an id; `descending` is the way in which the statement runs.
pub(super) fn push_behind(
    sql: &mut Builder,
    [at, id]: [&str; 2],
    descending: bool,
    window: Window,
) {
    let Some(key) = window.key() else { return };
    let side = if descending { "<" } else { ">" };
    sql.push(" AND (").push(at).push(", ").push(id).push(") ").push(side).push(" (");
    sql.push_bind(key.at).push(", ").push_bind(key.id).push(")");
}

/// How many rows, and from which on.
pub(super) fn push_limits(sql: &mut Builder, window: Window) {
    let (limit, offset) = window.limits();
    sql.push(" LIMIT ").push_bind(limit).push(" OFFSET ").push_bind(offset);
}

/// Part of a list by id: condition, order and limits; `descending` is the way in which the list runs.
pub(super) fn push_part_by_id(sql: &mut Builder, id: &str, descending: bool, window: Window) {
    let (side, way) = match descending != window.backwards() {
        true => (" < ", " DESC"),
        false => (" > ", " ASC"),
    };
    if let Some(key) = window.key() {
        sql.push(" AND ").push(id).push(side).push_bind(key.id);
    }
    sql.push(" ORDER BY ").push(id).push(way);
    push_limits(sql, window);
}
