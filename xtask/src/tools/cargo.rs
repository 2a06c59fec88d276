//! Tools that are compiled from crates.io. They take minutes, once.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};

use super::folder::ToolFolder;
use crate::{
    process::{self, Run},
    progress::note,
};

pub(super) struct Tool<'a> {
    pub(super) package: &'a str,
    pub(super) version: &'a str,
    pub(super) program: &'a str,
    /// What to compile beside the usual, or nothing.
    pub(super) features: &'a str,
    /// Whether to compile with the versions that the author had.
    pub(super) locked: bool,
    /// Whether it knows `--version`.
    pub(super) tells_version: bool,
}

impl Tool<'_> {
    /// The folder in which the program stands.
    pub(super) fn provide(&self, folder: &ToolFolder, root: &Path) -> Result<PathBuf> {
        let name = format!("{}-{}", self.package, self.version);
        let program = format!("bin/{}", self.program);
        let place =
            folder.provide(&name, &program, |partial| self.install(folder, root, partial))?;
        Ok(place.join("bin"))
    }

    fn install(&self, folder: &ToolFolder, root: &Path, partial: &Path) -> Result<()> {
        note("compiling it takes some minutes, once; an interrupted try is continued");
        let mut cargo = process::cargo(root);
        cargo
            .args(["install", self.package, "--version", self.version, "--no-track", "--root"])
            .arg(partial)
            .arg("--target-dir")
            .arg(folder.compile_folder());
        if self.locked {
            cargo.arg("--locked");
        }
        if !self.features.is_empty() {
            cargo.args(["--features", self.features]);
        }
        cargo.run()?;
        if !self.tells_version {
            return Ok(());
        }
        let said = process::command(partial.join("bin").join(self.program))
            .arg("--version")
            .read()
            .with_context(|| format!("{} was compiled and does not run", self.program))?;
        ensure!(
            said.split_whitespace().any(|word| word == self.version),
            "{} calls itself `{}`, and {} was wanted",
            self.program,
            said.trim(),
            self.version
        );
        Ok(())
    }
}
