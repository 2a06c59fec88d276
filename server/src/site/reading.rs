//! Reads the folder of the built site, once, at start.

use super::{
    File, Form, Site, SiteError, headers, loader,
    negotiation::Coding::{self, Brotli, Gzip, Identity},
};
use axum::body::Bytes;
use sha2::{Digest, Sha256};
use std::{collections::HashMap, fs, path::Path};

impl Site {
    /// Reads the folder; without one there is nothing to serve. `address` is where people write
    /// when the widget does not work.
    ///
    /// # Errors
    /// When the folder cannot be read, or is not what the build makes.
    pub fn load(folder: Option<&Path>, address: Option<&str>) -> Result<Self, SiteError> {
        let Some(folder) = folder else { return Ok(Self::default()) };
        let mut found = HashMap::new();
        if folder.is_dir() {
            read_folder(folder, "", &mut found)?;
        }
        for name in ["index.html", loader::NAME] {
            if !found.contains_key(name) {
                return Err(SiteError::NotBuilt(folder.to_owned(), name));
            }
        }
        let mut files = HashMap::new();
        for (name, content) in &found {
            let beside = |coding: Coding| found.get(&format!("{name}{}", coding.ending()));
            if is_compressed_form(name, &found) {
                continue;
            }
            let file = if name == loader::NAME {
                let content = loader::with_address(content, address);
                File::new(name, &content, |coding| loader::compress(&content, coding))
            } else {
                File::new(name, content, |coding| beside(coding).cloned())
            };
            files.insert(name.clone(), file);
        }
        Ok(Self(files))
    }
}

/// Whether this is `a.js.br` beside `a.js`: it has no address of its own.
fn is_compressed_form(name: &str, found: &HashMap<String, Vec<u8>>) -> bool {
    [Brotli, Gzip]
        .iter()
        .filter_map(|coding| name.strip_suffix(coding.ending()))
        .any(|plain| found.contains_key(plain))
}

fn read_folder(
    folder: &Path,
    prefix: &str,
    found: &mut HashMap<String, Vec<u8>>,
) -> Result<(), SiteError> {
    let failed = |error| SiteError::Unreadable(folder.to_owned(), error);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        // A name that is not UTF-8 is none that the build makes, and no address could ask for it.
        let Ok(name) = entry.file_name().into_string() else { continue };
        let name = format!("{prefix}{name}");
        let path = entry.path();
        if path.is_dir() {
            read_folder(&path, &format!("{name}/"), found)?;
        } else {
            let content =
                fs::read(&path).map_err(|error| SiteError::Unreadable(path.clone(), error))?;
            found.insert(name, content);
        }
    }
    Ok(())
}

impl File {
    fn new(name: &str, content: &[u8], compressed: impl Fn(Coding) -> Option<Vec<u8>>) -> Self {
        let digest = Sha256::digest(content);
        let tag = crate::env::hex(digest.get(..12).unwrap_or_default());
        let form = |coding: Coding, body: Vec<u8>| Form {
            headers: headers::of(name, coding, &tag),
            body: Bytes::from(body),
        };
        let smaller = |coding| Some((coding, form(coding, compressed(coding)?)));
        Self {
            plain: form(Identity, content.to_vec()),
            compressed: [Brotli, Gzip].into_iter().filter_map(smaller).collect(),
        }
    }
}
