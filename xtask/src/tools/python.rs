//! A Python of our own for one purpose, apart from the machine's.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use super::{apt, folder::ToolFolder};
use crate::process::{self, Run};

/// The Python that has these packages in these versions, and what they need in whichever.
pub(super) fn provide(folder: &ToolFolder, packages: &[(&str, &str)]) -> Result<PathBuf> {
    let names: Vec<String> = packages.iter().map(|(name, at)| format!("{name}-{at}")).collect();
    let name = names.join("-");
    let place = folder.provide(&name, "bin/python", |partial| {
        ensure_venv()?;
        process::command("python3").args(["-m", "venv"]).arg(partial).run()?;
        // Always `python -m pip`: the scripts beside it name the folder they were made in,
        // and this one is renamed when it is finished.
        python(partial)
            .args(["-m", "pip", "install"])
            .args(packages.iter().map(|(name, version)| format!("{name}=={version}")))
            .run()?;
        let imports = packages.iter().map(|(name, _)| format!("import {name}\n"));
        python(partial).args(["-c", &imports.collect::<String>()]).run()
    })?;
    Ok(place.join("bin/python"))
}

fn python(venv: &Path) -> std::process::Command {
    process::command(venv.join("bin/python"))
}

/// Debian keeps `venv` in a package of its own, and only trying tells whether it is there.
fn ensure_venv() -> Result<()> {
    apt::ensure_program(&["python3"], &["python3", "python3-venv"], "Python")?;
    let has_venv = || process::command("python3").args(["-c", "import venv, ensurepip"]).read();
    if has_venv().is_err() {
        apt::install(&["python3-venv"], "Python's venv")?;
        has_venv().context("python3 cannot make a venv: install the package python3-venv")?;
    }
    Ok(())
}
