//! The Wasm and the JavaScript that wasm-bindgen writes to go with it.

use std::{
    ffi::{OsStr, OsString},
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use super::{esbuild::Esbuild, published::Published};

/// Replaces Trunk's files by the finished ones; returns glue and Wasm.
pub(super) fn publish(esbuild: &Esbuild, staging: &Path) -> Result<(Published, Published)> {
    let wasm_file = only_one(staging, "_bg.wasm")?;
    let glue_file = only_one(staging, ".js")?;

    // Bundling takes in the snippets that crates bring as files of their own.
    let arguments: [OsString; 4] = [
        glue_file.clone().into(),
        "--bundle".into(),
        "--format=esm".into(),
        "--target=es2020".into(),
    ];
    let glue = esbuild.minify(&arguments, "")?;
    let bytes =
        fs::read(&wasm_file).with_context(|| format!("cannot read {}", wasm_file.display()))?;

    fs::remove_file(&glue_file)?;
    fs::remove_file(&wasm_file)?;
    let snippets = staging.join("snippets");
    if snippets.exists() {
        fs::remove_dir_all(snippets)?;
    }
    Ok((
        Published::write(staging, "handrail-", ".js", glue.as_bytes())?,
        Published::write(staging, "handrail-", "_bg.wasm", &bytes)?,
    ))
}

/// The one `handrail-…` file with this ending: a second one would mean that an old build is mixed in.
fn only_one(staging: &Path, ending: &str) -> Result<PathBuf> {
    let fits = |name: &OsStr| {
        let name = name.to_string_lossy();
        name.starts_with("handrail-") && name.ends_with(ending)
    };
    let entries =
        fs::read_dir(staging).with_context(|| format!("cannot read {}", staging.display()))?;
    let mut found: Vec<PathBuf> =
        entries.flatten().filter(|it| fits(&it.file_name())).map(|it| it.path()).collect();
    match (found.pop(), found.is_empty()) {
        (Some(file), true) => Ok(file),
        (None, _) => bail!("Trunk made no handrail-…{ending}"),
        (Some(_), false) => bail!("Trunk made more than one handrail-…{ending}"),
    }
}
