//! Lists of people, and how they are found by words.
//!
//! Each list walks an index in the order of ids; `tests/it/plans.rs` reads the plan of every kind.

use super::{Role, User};
use crate::store::{
    OrganizationId, StoreError, UserId,
    clauses::{push_list, push_part_by_id, push_span},
    requests::Span,
    sqlite::{Builder, Conn, dialect, directory},
    window::Window,
};

/// Which people. What is empty or none does not filter; those who were deleted never pass.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Any of these.
    pub roles: Vec<Role>,
    /// Who belong to it.
    pub organization: Option<OrganizationId>,
    /// All of these.
    pub words: Vec<Word>,
    /// In lower case.
    pub email: Option<String>,
    pub external_id: Option<String>,
    /// All of these.
    pub tags: Vec<String>,
    pub suspended: Option<bool>,
    pub created: Option<Span>,
    /// Finds nothing: something was named that does not exist.
    pub nothing: bool,
}

/// A word to be found, or words in a row. The last one may go on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub text: String,
    pub part: Part,
}

/// Where a word is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// In name, address and the host's id.
    Anywhere,
    Name,
    Email,
}

/// Part of the people that a filter lets pass, by id.
///
/// # Errors
/// When the database fails; so for every function here.
pub async fn list(
    conn: &mut Conn,
    filter: &Filter,
    window: Window,
) -> Result<Vec<User>, StoreError> {
    let rows: Vec<User> = list_statement(filter, window).build_query_as().fetch_all(conn).await?;
    Ok(window.in_order(rows))
}

/// How many people a filter lets pass, counted no further than `most`.
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

/// Members of some organizations whose name has a word, or whose address itself begins, with what
/// was typed; all members when that is empty. By id, the person asking not among them.
pub async fn colleagues(
    conn: &mut Conn,
    of: UserId,
    organizations: &[OrganizationId],
    typed: &str,
    most: i64,
) -> Result<Vec<User>, StoreError> {
    if organizations.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Builder::new("SELECT DISTINCT u.* FROM ");
    directory::push_members(&mut sql, organizations, typed);
    sql.push(" CROSS JOIN organization_memberships m ON m.id = hits.id");
    sql.push(" CROSS JOIN users u ON u.id = m.user_id");
    sql.push(" WHERE u.active AND NOT u.suspended AND u.role = 'end-user' AND u.id <> ");
    sql.push_bind(of).push(" ORDER BY u.name, u.id LIMIT ").push_bind(most);
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

/// Those of some people whose names somebody may know, by id: staff, whoever belongs to one of
/// their organizations, and whoever raised or is copied on a request that they see. `shared` are
/// the organizations all of whose requests they see.
pub async fn known_to(
    conn: &mut Conn,
    to: UserId,
    shared: &[OrganizationId],
    ids: &[UserId],
) -> Result<Vec<User>, StoreError> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Builder::new(
        "WITH mine (id) AS MATERIALIZED (SELECT id FROM requests WHERE requester_id = ",
    );
    sql.push_bind(to).push(" AND public");
    sql.push(" UNION SELECT request_id FROM request_ccs WHERE user_id = ");
    sql.push_bind(to).push(" AND public) SELECT u.* FROM users u WHERE u.id IN ");
    dialect::push_among(&mut sql, ids)?;
    sql.push(" AND (u.role <> 'end-user' OR u.id = ").push_bind(to);
    sql.push(" OR EXISTS (SELECT 1 FROM organization_memberships a ");
    sql.push("JOIN organization_memberships b ON b.organization_id = a.organization_id ");
    sql.push("WHERE a.user_id = ").push_bind(to).push(" AND b.user_id = u.id)");
    sql.push(" OR EXISTS (SELECT 1 FROM request_ccs c WHERE c.user_id = u.id");
    sql.push(" AND c.request_id IN (SELECT id FROM mine))");
    sql.push(" OR EXISTS (SELECT 1 FROM requests r WHERE r.requester_id = u.id");
    sql.push(" AND r.id IN (SELECT id FROM mine))");
    for id in shared {
        sql.push(" OR EXISTS (SELECT 1 FROM requests r WHERE r.requester_id = u.id");
        sql.push(" AND r.public AND r.organization_id = ").push_bind(*id).push(")");
        sql.push(" OR EXISTS (SELECT 1 FROM request_ccs c JOIN requests r ON r.id = c.request_id");
        sql.push(" WHERE c.user_id = u.id AND r.public AND r.organization_id = ")
            .push_bind(*id)
            .push(")");
    }
    sql.push(") ORDER BY u.id");
    Ok(sql.build_query_as().fetch_all(conn).await?)
}

fn list_statement(filter: &Filter, window: Window) -> Builder {
    let mut sql = Builder::new("SELECT u.* FROM ");
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
    if !filter.words.is_empty() {
        sql.push("user_texts CROSS JOIN users u ON u.id = user_texts.rowid");
        "user_texts.rowid"
    } else if filter.organization.is_some() {
        sql.push("organization_memberships m CROSS JOIN users u ON u.id = m.user_id");
        "m.user_id"
    } else {
        sql.push("users u");
        "u.id"
    }
}

fn push_conditions(sql: &mut Builder, filter: &Filter) {
    // The server itself, as an author, is below zero.
    sql.push(" WHERE u.active AND u.id > 0");
    if filter.nothing {
        sql.push(" AND 1 = 0");
    }
    if !filter.words.is_empty() {
        directory::push_people(sql, &filter.words);
    }
    if let Some(id) = filter.organization {
        if filter.words.is_empty() {
            sql.push(" AND m.organization_id = ").push_bind(id);
        } else {
            sql.push(
                " AND EXISTS (SELECT 1 FROM organization_memberships m WHERE m.user_id = u.id",
            );
            sql.push(" AND m.organization_id = ").push_bind(id).push(")");
        }
    }
    if !filter.roles.is_empty() {
        if !filter.roles.contains(&Role::EndUser) {
            // In the words of the index.
            sql.push(" AND u.role <> 'end-user'");
        }
        sql.push(" AND u.role IN ");
        push_list(sql, filter.roles.iter().map(|role| role.name()));
    }
    if let Some(email) = &filter.email {
        sql.push(" AND u.email = ").push_bind(email.clone());
    }
    if let Some(id) = &filter.external_id {
        sql.push(" AND u.external_id = ").push_bind(id.clone());
    }
    if let Some(suspended) = filter.suspended {
        sql.push(if suspended { " AND u.suspended" } else { " AND NOT u.suspended" });
    }
    push_span(sql, "u.created_at", filter.created.as_ref());
    for tag in &filter.tags {
        dialect::push_has_user_tag(sql, tag);
    }
}
