//! Indexes are made when all rows are there: sorting once is much faster than finding a place for
//! each row. Which there are, the schema itself says.

use anyhow::{Context, Result};
use rusqlite::Connection;

/// The statement that makes an index.
pub(super) struct Index(String);

/// Drops every index that was made by a statement of its own and returns those statements.
pub(super) fn drop_all(conn: &Connection) -> Result<Vec<Index>> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL";
    let mut select = conn.prepare(sql)?;
    let found: Vec<(String, String)> =
        select.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<Result<_, _>>()?;
    let mut dropped = Vec::with_capacity(found.len());
    for (name, sql) in found {
        conn.execute_batch(&format!("DROP INDEX \"{name}\""))?;
        dropped.push(Index(sql));
    }
    Ok(dropped)
}

/// Makes them anew.
pub(super) fn make(conn: &Connection, indexes: &[Index]) -> Result<()> {
    for Index(sql) in indexes {
        conn.execute_batch(sql).with_context(|| format!("cannot do: {sql}"))?;
    }
    Ok(())
}
