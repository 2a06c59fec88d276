//! A file of the site whose name tells its contents, so that browsers may keep it for ever.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use base64::{Engine, prelude::BASE64_STANDARD};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

/// What stands before the hash in an integrity value.
const ALGORITHM: &str = "sha256-";

/// The name below the site's root, and the value for subresource integrity.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Published {
    pub(super) name: String,
    pub(super) integrity: String,
}

impl Published {
    /// Writes `bytes` under `stem`, a hash and `ending`, as in `handrail-` and `.css`.
    pub(super) fn write(site: &Path, stem: &str, ending: &str, bytes: &[u8]) -> Result<Self> {
        let digest = BASE64_STANDARD.encode(Sha256::digest(bytes));
        let name = format!("{stem}{}{ending}", short(&digest));
        let file = site.join(&name);
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        fs::write(&file, bytes).with_context(|| format!("cannot write {}", file.display()))?;
        Ok(Self { name, integrity: format!("{ALGORITHM}{digest}") })
    }

    /// The hash in the integrity value.
    pub(super) fn digest(&self) -> &str {
        self.integrity.trim_start_matches(ALGORITHM)
    }

    /// A file that nobody wrote, for tests.
    #[cfg(test)]
    pub(super) fn sample(name: &str) -> Self {
        Self { name: name.to_owned(), integrity: format!("sha256-{name}") }
    }

    /// As boot reads it.
    pub(super) fn to_json(&self) -> Value {
        json!([self.name, self.integrity])
    }
}

/// The first letters and digits of the digest: 48 bits tell versions of a file apart. The loader makes boot's name
/// so, too, and need not be told.
fn short(digest: &str) -> String {
    digest.chars().filter(char::is_ascii_alphanumeric).take(8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn name_and_integrity_follow_the_contents() {
        let site =
            std::env::temp_dir().join(format!("handrail-xtask-{}-published", std::process::id()));
        let file = Published::write(&site, "later-en-", ".json", b"abc").unwrap();
        // SHA-256 of "abc", FIPS 180-4's example.
        assert_eq!(file.name, "later-en-ungWv48B.json");
        assert_eq!(file.integrity, "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
        assert_eq!(fs::read(site.join(&file.name)).unwrap(), b"abc");
        fs::remove_dir_all(&site).unwrap();
    }

    #[test]
    fn names_have_letters_and_digits() {
        assert_eq!(short("a/b+c/d+e1gh2i"), "abcde1gh");
    }
}
