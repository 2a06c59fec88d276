//! The folder as a whole: its shelves, and what on them is older than some instant.

use super::{FileId, Files, INCOMING, MARK};
use crate::store::StoreError;
use api::Time;
use std::{
    fs::{DirBuilder, DirEntry, File},
    io::{self, Write},
    os::unix::fs::DirBuilderExt,
    path::Path,
    time::UNIX_EPOCH,
};
use tokio::task::spawn_blocking;

/// Shelves, by number: files are spread over as many folders by the beginning of their names.
pub const SHELVES: std::ops::RangeInclusive<u8> = 0..=255;

/// Whose a folder is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    Ours,
    /// It had no name and has ours now.
    New,
    Foreign,
}

impl Files {
    /// Files of a shelf that were written before an instant, whether a row names them or not.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub async fn written_before(&self, shelf: u8, at: Time) -> Result<Vec<FileId>, StoreError> {
        let folder = self.root.join(crate::env::hex(&[shelf]));
        let names = spawn_blocking(move || names_before(&folder, at));
        Ok(names.await.map_err(io::Error::other)??)
    }

    /// Removes half-written files that nobody has touched since an instant; says how many. Those of
    /// a living upload are touched with every piece.
    ///
    /// # Errors
    /// When the folder cannot be read or written.
    pub async fn remove_half_written(&self, before: Time) -> Result<u64, StoreError> {
        let folder = self.root.join(INCOMING);
        let count = spawn_blocking(move || {
            let names = names_before(&folder, before)?;
            let mut count = 0;
            for name in names {
                match std::fs::remove_file(folder.join(name.0)) {
                    // Its upload ended just now.
                    Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                    removed => {
                        removed?;
                        count += 1;
                    }
                }
            }
            Ok::<_, io::Error>(count)
        });
        Ok(count.await.map_err(io::Error::other)??)
    }
}

/// Names of ours in a folder, which may not be there; what is not ours is left alone.
fn names_before(folder: &Path, at: Time) -> io::Result<Vec<FileId>> {
    let entries = match folder.read_dir() {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut names = Vec::new();
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().into_string().ok().and_then(FileId::new);
        if let Some(name) = name
            && written_at(&entry).is_some_and(|written| written < at.timestamp())
        {
            names.push(name);
        }
    }
    Ok(names)
}

/// Unix seconds. None for a file that went away in the meantime.
fn written_at(entry: &DirEntry) -> Option<i64> {
    let modified = entry.metadata().ok()?.modified().ok()?;
    i64::try_from(modified.duration_since(UNIX_EPOCH).ok()?.as_secs()).ok()
}

/// Writes a name into a folder that has none, or compares.
pub(super) fn mark(folder: &Path, id: &str) -> io::Result<Mark> {
    let file = folder.join(MARK);
    match std::fs::read_to_string(&file) {
        Ok(found) if found.trim() == id => Ok(Mark::Ours),
        Ok(_) => Ok(Mark::Foreign),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let mut new = File::create_new(&file)?;
            writeln!(new, "{id}")?;
            new.sync_all()?;
            sync_folder(folder)?;
            Ok(Mark::New)
        }
        Err(error) => Err(error),
    }
}

/// Makes a folder, and those above it, that only this program's user may read. When this returns,
/// they are on disk: else what is brought to disk inside would not be found after a power cut.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty());
    if let Some(above) = above {
        make_folder(above)?;
    }
    match DirBuilder::new().mode(0o700).create(folder) {
        // Somebody else was faster.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        made => made?,
    }
    sync_folder(above.unwrap_or(Path::new(".")))
}

/// Brings the names in a folder to disk.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}
