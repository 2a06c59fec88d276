//! The database that is measured: made once from a seed by the server's own schema and rules, and
//! kept for the next run.

mod chance;
mod fill;
mod history;
mod index;
mod texts;
mod words;
mod world;

use anyhow::{Context, Result};
use handrail_server::store::Store;
use rusqlite::Connection;
use sha2::{Digest, Sha256};
use std::{
    fs,
    path::{Path, PathBuf},
};

pub(crate) use chance::Chance;
pub(crate) use fill::{agent_email, agent_token, external_id, organization_external_id, shares};
pub(crate) use history::{number, organization, user};
pub(crate) use world::{AGENTS, Size, World};

/// The seed of what is measured.
pub(crate) const SEED: u64 = 7;
/// Requests of the sample whose digest stands for the generator.
const SAMPLE: u32 = 200;

/// A made database.
pub(crate) struct Data {
    pub(crate) world: World,
    pub(crate) path: PathBuf,
}

impl Data {
    /// The database of a size, made now unless one of the same seed, size, schema and generator is
    /// there.
    pub(crate) async fn prepare(folder: &Path, size: Size) -> Result<Self> {
        let world = |requests| World::new(SEED, Size::of(requests));
        Self::kept(folder, "requests", size.requests, world).await
    }

    /// The same for one person who raised all requests: the first of the world.
    pub(crate) async fn prepare_of_one(folder: &Path, requests: u32) -> Result<Self> {
        let world = |requests| World::of_one(SEED, requests);
        Self::kept(folder, "requests-of-one", requests, world).await
    }

    async fn kept(
        folder: &Path,
        name: &str,
        requests: u32,
        world: impl Fn(u32) -> World,
    ) -> Result<Self> {
        fs::create_dir_all(folder)?;
        let sample = folder.join("sample.tmp");
        make(&sample, &world(SAMPLE), &|_| {}).await?;
        let world = world(requests);
        let kind = digest(&sample)?;
        remove(&sample)?;
        let kind = kind.get(..8).unwrap_or_default();
        let path = folder.join(format!("{name}-{requests}-seed-{SEED}-{kind}.db"));
        if !path.exists() {
            eprintln!("   making {}", path.display());
            let unfinished = path.with_extension("tmp");
            remove(&unfinished)?;
            make(&unfinished, &world, &|text| eprintln!("   {text}")).await?;
            fs::rename(&unfinished, &path)?;
        }
        Ok(Self { world, path })
    }
}

/// Makes a database file: the server's own tables, filled.
async fn make(path: &Path, world: &World, progress: &dyn Fn(&str)) -> Result<()> {
    tables(path).await?;
    let mut conn = Connection::open(path)?;
    // Nobody needs half a database, so nothing is done for one that is cut off.
    conn.execute_batch(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; \
         PRAGMA foreign_keys = OFF; PRAGMA cache_size = -1000000; PRAGMA temp_store = MEMORY;",
    )?;
    let indexes = index::drop_all(&conn)?;
    fill::fill(&mut conn, world, progress)?;
    progress("indexes");
    index::make(&conn, &indexes)?;
    conn.close().map_err(|(_, error)| error).context("the new database cannot be closed")?;
    progress("texts");
    texts::gather(path, world.size.requests, progress).await?;
    // No statistics: a server has none either.
    let conn = Connection::open(path)?;
    conn.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
    drop(conn);
    fs::File::open(path)?.sync_all()?;
    Ok(())
}

/// A file with the server's tables and nothing in them. It is a copy, which no connection of the
/// server still holds.
async fn tables(path: &Path) -> Result<()> {
    let pattern = path.with_extension("empty");
    remove(&pattern)?;
    let store = Store::open(&url(&pattern), 1).await?;
    let copy = path.to_str().context("a name that is no text")?;
    Connection::open(&pattern)?.execute("VACUUM INTO $1", [copy])?;
    store.close().await;
    remove(&pattern)
}

/// The address of a database file.
pub(crate) fn url(path: &Path) -> String {
    format!("sqlite://{}", path.display())
}

/// Removes a database with what stands beside it.
pub(crate) fn remove(path: &Path) -> Result<()> {
    let mut files = path.as_os_str().to_owned();
    files.push("-files");
    if Path::new(&files).exists() {
        fs::remove_dir_all(&files)?;
    }
    for ending in ["", "-wal", "-shm", "-journal"] {
        let mut name = path.as_os_str().to_owned();
        name.push(ending);
        match fs::remove_file(&name) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}

/// A digest of schema and content.
fn digest(path: &Path) -> Result<String> {
    let conn = Connection::open(path)?;
    let mut hash = Sha256::new();
    let mut schema = conn
        .prepare("SELECT name, type, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")?;
    let mut rows = schema.query([])?;
    while let Some(row) = rows.next()? {
        let (name, kind, sql): (String, String, String) = (row.get(0)?, row.get(1)?, row.get(2)?);
        hash.update(&sql);
        // The migrations' table tells when they ran.
        if kind == "table" && !name.starts_with("_sqlx") {
            add_rows(&mut hash, &conn, &name)?;
        }
    }
    Ok(handrail_server::env::hex(&hash.finalize()))
}

fn add_rows(hash: &mut Sha256, conn: &Connection, table: &str) -> Result<()> {
    let mut select = conn.prepare(&format!("SELECT * FROM \"{table}\""))?;
    let columns = select.column_count();
    let mut rows = select.query([])?;
    while let Some(row) = rows.next()? {
        for column in 0..columns {
            let value: rusqlite::types::Value = row.get(column)?;
            hash.update(format!("{value:?}\n"));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    async fn digest_of(seed: u64, requests: u32) -> String {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("made.db");
        make(&path, &World::new(seed, Size::of(requests)), &|_| {}).await.unwrap();
        digest(&path).unwrap()
    }

    #[tokio::test]
    async fn the_same_seed_makes_the_same_database_and_another_seed_another() {
        let first = digest_of(7, 300).await;
        assert_eq!(first, digest_of(7, 300).await);
        assert_ne!(first, digest_of(8, 300).await);
        assert_ne!(first, digest_of(7, 301).await);
    }

    #[tokio::test]
    async fn what_is_made_is_whole() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("made.db");
        make(&path, &World::new(7, Size::of(300)), &|_| {}).await.unwrap();
        let conn = Connection::open(&path).unwrap();
        let count = |sql: &str| conn.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
        assert_eq!(count("SELECT COUNT(*) FROM requests"), 300);
        assert_eq!(count("SELECT COUNT(*) FROM comments"), 900);
        assert_eq!(count("SELECT COUNT(*) FROM pragma_foreign_key_check"), 0);
        assert_eq!(
            conn.query_row("PRAGMA integrity_check", [], |row| row.get::<_, String>(0)).unwrap(),
            "ok"
        );
        let store = Store::open(&url(&path), 1).await.unwrap();
        store.ping().await.unwrap();
        store.close().await;
    }
}
