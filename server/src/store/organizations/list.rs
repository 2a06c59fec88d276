//! Lists of organizations, and how they are found by words.

use super::{NONE, Organization};
use crate::store::{
    StoreError,
    clauses::{push_part_by_id, push_span},
    requests::Span,
    sqlite::{Builder, Conn, dialect, directory},
    window::Window,
};

/// Which organizations. What is empty or none does not filter.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Beginnings of words of the name, all of these.
    pub words: Vec<String>,
    /// The whole name.
    pub name: Option<String>,
    pub external_id: Option<String>,
    /// All of these.
    pub tags: Vec<String>,
    pub created: Option<Span>,
    /// Finds nothing: something was named that does not exist.
    pub nothing: bool,
}

/// Part of the organizations that a filter lets pass, by id.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn list(
    conn: &mut Conn,
    filter: &Filter,
    window: Window,
) -> Result<Vec<Organization>, StoreError> {
    let rows: Vec<Organization> =
        list_statement(filter, window).build_query_as().fetch_all(conn).await?;
    Ok(window.in_order(rows))
}

/// How many organizations a filter lets pass, counted no further than `most`.
pub async fn count(conn: &mut Conn, filter: &Filter, most: i64) -> Result<i64, StoreError> {
    Ok(count_statement(filter, most).build_query_scalar().fetch_one(conn).await?)
}

/// The plans by which SQLite would answer a list and its count; for tests.
pub async fn plans(
    conn: &mut Conn,
    filter: &Filter,
    window: Window,
) -> Result<[Vec<String>; 2], StoreError> {
    let list = dialect::plan(conn, list_statement(filter, window)).await?;
    Ok([list, dialect::plan(conn, count_statement(filter, 100)).await?])
}

fn list_statement(filter: &Filter, window: Window) -> Builder {
    let mut sql = Builder::new("SELECT o.* FROM ");
    let id = push_source(&mut sql, filter);
    push_conditions(&mut sql, filter);
    push_part_by_id(&mut sql, id, false, window);
    sql
}

fn count_statement(filter: &Filter, most: i64) -> Builder {
    let mut sql = Builder::new("SELECT COUNT(*) FROM (SELECT 1 FROM ");
    push_source(&mut sql, filter);
    push_conditions(&mut sql, filter);
    sql.push(" LIMIT ").push_bind(most).push(")");
    sql
}

/// The tables, in the order in which they are to be walked, and the column that has the ids.
fn push_source(sql: &mut Builder, filter: &Filter) -> &'static str {
    if filter.words.is_empty() {
        sql.push("organizations o");
        return "o.id";
    }
    sql.push("organization_texts CROSS JOIN organizations o ON o.id = organization_texts.rowid");
    "organization_texts.rowid"
}

fn push_conditions(sql: &mut Builder, filter: &Filter) {
    // What stands in place of an id is none.
    let none = filter.external_id.as_ref().is_some_and(|id| id.starts_with(NONE));
    sql.push(if filter.nothing || none { " WHERE 1 = 0" } else { " WHERE 1 = 1" });
    if !filter.words.is_empty() {
        directory::push_organizations(sql, &filter.words);
    }
    if let Some(name) = &filter.name {
        sql.push(" AND o.name = ").push_bind(name.clone());
    }
    if let Some(id) = &filter.external_id {
        sql.push(" AND o.external_id = ").push_bind(id.clone());
    }
    push_span(sql, "o.created_at", filter.created.as_ref());
    for tag in &filter.tags {
        dialect::push_has_organization_tag(sql, tag);
    }
}
