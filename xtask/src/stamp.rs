//! Remembers what the site in dist/ was built from, so that an unchanged widget is not built again.
//!
//! Cargo would find in a second that nothing is to be compiled, but Trunk would still run
//! wasm-bindgen, wasm-opt and the compressors: half a minute for nothing.

use std::{
    env, fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// All that the site is made of. Too much here costs a build, too little shows a stale widget.
const INPUTS: [&str; 15] = [
    ".cargo/config.toml",
    "Cargo.lock",
    "Cargo.toml",
    "Trunk.toml",
    "api",
    "build.rs",
    "embed",
    "index.html",
    "locales",
    "rust-toolchain.toml",
    "sla",
    "src",
    "style",
    "xtask/Cargo.toml",
    "xtask/src",
];

/// Variables that change what the compiler makes.
const VARIABLES: [&str; 4] =
    ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "RUSTC", "HANDRAIL_DEBIAN_RUST"];

/// A digest of everything that goes into the site.
pub(crate) fn of_inputs(root: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    for name in INPUTS {
        add(&mut hash, root, &root.join(name))?;
    }
    for name in VARIABLES {
        let value = env::var_os(name).unwrap_or_default();
        hash.update(format!("{name}={}\n", value.to_string_lossy()));
    }
    Ok(hex(&hash.finalize()))
}

/// A digest of the built site, which shows when somebody else wrote or removed a file there.
pub(crate) fn of_site(dist: &Path) -> Result<String> {
    let mut hash = Sha256::new();
    add(&mut hash, dist, dist)?;
    Ok(hex(&hash.finalize()))
}

/// Adds a file, or all files of a folder in the order of their names. What is missing adds nothing.
fn add(hash: &mut Sha256, root: &Path, path: &Path) -> Result<()> {
    for file in files(path)? {
        let bytes = fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
        let name = file.strip_prefix(root).unwrap_or(&file);
        hash.update(format!("{} {}\n", name.display(), bytes.len()));
        hash.update(bytes);
    }
    Ok(())
}

/// The file itself, or every file below the folder, sorted.
pub(crate) fn files(path: &Path) -> Result<Vec<PathBuf>> {
    if path.is_file() {
        return Ok(vec![path.to_owned()]);
    }
    if !path.is_dir() {
        return Ok(Vec::new());
    }
    let read = || format!("cannot read {}", path.display());
    let mut entries = Vec::new();
    for entry in fs::read_dir(path).with_context(read)? {
        entries.push(entry.with_context(read)?.path());
    }
    entries.sort();
    let mut found = Vec::new();
    for entry in entries {
        found.extend(files(&entry)?);
    }
    Ok(found)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_contents_count_and_the_rest_does_not() {
        let folder = env::temp_dir().join(format!("handrail-xtask-{}-stamp", std::process::id()));
        fs::create_dir_all(folder.join("b")).unwrap();
        fs::write(folder.join("a"), "one").unwrap();
        fs::write(folder.join("b/c"), "two").unwrap();
        let first = of_site(&folder).unwrap();
        fs::write(folder.join("a"), "one").unwrap();
        assert_eq!(of_site(&folder).unwrap(), first, "writing the same again changes nothing");
        fs::write(folder.join("a"), "eno").unwrap();
        assert_ne!(of_site(&folder).unwrap(), first);
        fs::write(folder.join("a"), "one").unwrap();
        fs::rename(folder.join("b/c"), folder.join("b/d")).unwrap();
        assert_ne!(of_site(&folder).unwrap(), first);
        fs::remove_dir_all(&folder).unwrap();
    }
}
