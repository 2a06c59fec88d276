//! The bytes of files: a folder, and nothing that knows what they are or whose.
//!
//! A file is written under a name of ours in `incoming`, brought to disk, and only then moved to its
//! place and named in the database by the caller. So a crash leaves at most a file that no row
//! names, which `jobs::files` collects; a row without its bytes cannot come about. Another kind of
//! store would replace this file and its three types.

use super::{StoreError, sqlite::transparent};
use serde::Serialize;
use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
};
use tokio::{
    fs::{File, OpenOptions},
    io::{AsyncReadExt, AsyncSeekExt, AsyncWriteExt, Take},
    task::spawn_blocking,
};

mod folder;

pub use folder::{Mark, SHELVES};
use folder::{make_folder, mark, sync_folder};

/// Where half-written files are.
const INCOMING: &str = "incoming";

/// Where the name of the folder stands.
const MARK: &str = "database";

/// A file that is written once at the start, to see whether one can be.
const PROBE: &str = "probe";

/// The folder.
#[derive(Clone, Debug)]
pub struct Files {
    root: Arc<Path>,
}

/// Name of a file on disk: random lower-case hex, never anything that a caller chose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct FileId(String);

transparent!(FileId(String));

impl FileId {
    /// A name, if it is one of ours.
    #[must_use]
    pub fn new(name: impl Into<String>) -> Option<Self> {
        let name = name.into();
        let hex = |byte: u8| byte.is_ascii_digit() || matches!(byte, b'a'..=b'f');
        (name.len() == 32 && name.bytes().all(hex)).then_some(Self(name))
    }

    /// The shelf on which it stands: its first two characters.
    fn shelf(&self) -> &str {
        self.0.get(..2).unwrap_or("00")
    }
}

/// A file that is being written. Dropped, it is gone.
#[derive(Debug)]
pub struct Incoming {
    files: Files,
    id: FileId,
    file: File,
    path: OnDisk,
    size: u64,
}

/// A file in its place that no row names yet. Dropped, it is gone; see [`Stored::keep`].
#[derive(Debug)]
pub struct Stored {
    pub id: FileId,
    /// Bytes.
    pub size: u64,
    path: OnDisk,
}

/// A file that is removed with this value.
#[derive(Debug)]
struct OnDisk(Option<PathBuf>);

impl Drop for OnDisk {
    fn drop(&mut self) {
        // What cannot be removed now is collected later.
        if let Some(path) = self.0.take() {
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Files {
    /// A folder, which is made when it is first needed.
    #[must_use]
    pub fn new(root: &Path) -> Self {
        Self { root: root.into() }
    }

    /// Makes the folder and looks whether it can be written.
    ///
    /// # Errors
    /// When it cannot; so for every function here.
    pub async fn check(&self) -> Result<(), StoreError> {
        let root = Arc::clone(&self.root);
        let check = spawn_blocking(move || {
            let folder = root.join(INCOMING);
            make_folder(&folder)?;
            let probe = folder.join(PROBE);
            std::fs::write(&probe, b"probe")?;
            std::fs::remove_file(probe)
        });
        Ok(check.await.map_err(io::Error::other)??)
    }

    /// Writes a name into a folder that has none, or looks whose it is.
    pub async fn mark(&self, id: &str) -> Result<Mark, StoreError> {
        let (root, id) = (Arc::clone(&self.root), id.to_owned());
        let mark = spawn_blocking(move || mark(&root, &id));
        Ok(mark.await.map_err(io::Error::other)??)
    }

    /// Begins a file.
    pub async fn begin(&self, id: FileId) -> Result<Incoming, StoreError> {
        let folder = self.root.join(INCOMING);
        let path = folder.join(&id.0);
        spawn_blocking(move || make_folder(&folder)).await.map_err(io::Error::other)??;
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create_new(true).mode(0o600).open(&path).await?;
        Ok(Incoming { files: self.clone(), id, file, path: OnDisk(Some(path)), size: 0 })
    }

    /// Opens a file to be read.
    pub async fn open(&self, id: &FileId) -> Result<File, StoreError> {
        Ok(File::open(self.path(id)).await?)
    }

    /// Removes files; those that are not there are removed already.
    pub async fn remove(&self, ids: &[FileId]) -> Result<(), StoreError> {
        for id in ids {
            match tokio::fs::remove_file(self.path(id)).await {
                Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(())
    }

    fn path(&self, id: &FileId) -> PathBuf {
        self.root.join(id.shelf()).join(&id.0)
    }
}

impl Incoming {
    /// Adds bytes.
    ///
    /// # Errors
    /// When the disk refuses; so for every function here.
    pub async fn write(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.file.write_all(bytes).await?;
        self.size += u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        Ok(())
    }

    /// Bytes so far.
    #[must_use]
    pub const fn size(&self) -> u64 {
        self.size
    }

    /// What was written, to be looked at before it is in its place. Nothing is written after this:
    /// both have one position in the file.
    pub async fn reread(&mut self) -> Result<std::fs::File, StoreError> {
        self.file.flush().await?;
        let mut file = self.file.try_clone().await?;
        file.rewind().await?;
        Ok(file.into_std().await)
    }

    /// Brings it to disk and to its place. When this returns, a power cut does not lose it.
    pub async fn finish(mut self) -> Result<Stored, StoreError> {
        self.file.flush().await?;
        let file = self.file.into_std().await;
        let place = self.files.path(&self.id);
        let mut path = self.path;
        let path = spawn_blocking(move || {
            file.sync_all()?;
            let shelf = place.parent().unwrap_or(&place).to_owned();
            make_folder(&shelf)?;
            if let Some(from) = &path.0 {
                std::fs::rename(from, &place)?;
            }
            path.0 = Some(place);
            sync_folder(&shelf)?;
            Ok::<_, io::Error>(path)
        });
        let path = path.await.map_err(io::Error::other)??;
        Ok(Stored { id: self.id, size: self.size, path })
    }
}

impl Stored {
    /// Lets it stand. To be called right before the commit that names it: should that fail, the file
    /// is one that no row names, and is collected.
    pub fn keep(mut self) {
        self.path.0 = None;
    }
}

/// Part of an open file, from a byte on.
///
/// # Errors
/// When the disk refuses.
pub async fn part(mut file: File, from: u64, length: u64) -> Result<Take<File>, StoreError> {
    if from > 0 {
        file.seek(io::SeekFrom::Start(from)).await?;
    }
    Ok(file.take(length))
}
