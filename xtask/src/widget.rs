//! Builds the site (widget, loader, portal) by Trunk into dist/, unless it is up to date.

use std::{
    fs::{self, File, TryLockError},
    path::Path,
};

use anyhow::{Context, Result};

use crate::{
    process::Run,
    progress::note,
    project::Project,
    stamp,
    tools::{Tools, fetch_crates},
};

/// Makes dist/ fit the sources.
pub(crate) fn build(project: &Project, tools: &Tools) -> Result<()> {
    let root = project.root();
    let _lock = lock(root)?;
    let file = project.target().join("xtask").join("site.stamp");
    let inputs = stamp::of_inputs(root)?;
    let wanted = format!("{inputs} {}", stamp::of_site(&project.dist())?);
    if fs::read_to_string(&file).is_ok_and(|found| found == wanted) {
        note("nothing changed since dist/ was built");
        return Ok(());
    }
    fetch_crates(root)?;
    tools.trunk(root)?.arg("build").run()?;
    let built = format!("{inputs} {}", stamp::of_site(&project.dist())?);
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder)?;
    }
    fs::write(&file, built).with_context(|| format!("cannot write {}", file.display()))
}

/// Trunk empties dist/ before it fills it, and two at once would leave half of each. The lock is
/// on a file that every checkout has; it ends with the program at the latest.
fn lock(root: &Path) -> Result<File> {
    let file = File::open(root.join("Trunk.toml")).context("cannot open Trunk.toml")?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            note("another build of this checkout is running; waiting for it");
            file.lock().context("cannot wait for the other build")?;
        }
        Err(TryLockError::Error(error)) => return Err(error).context("cannot lock Trunk.toml"),
    }
    Ok(file)
}
