//! Tools that npm ships ready to run: wasm-opt (in `binaryen`) and esbuild.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::folder::ToolFolder;
use crate::process::{self, Run, find_program};

/// The folder in which `program` of the package stands.
pub(super) fn provide(
    folder: &ToolFolder,
    package: &str,
    version: &str,
    program: &str,
) -> Result<PathBuf> {
    let bin = "node_modules/.bin";
    let name = format!("{package}-{version}");
    let place = folder.provide(&name, &format!("{bin}/{program}"), |partial| {
        if find_program("node").is_none() || find_program("npm").is_none() {
            bail!(
                "Node.js with npm is missing: install version 20 or later from https://nodejs.org, \
                 or by `apt-get install nodejs npm`"
            );
        }
        process::command("npm")
            .current_dir(partial)
            .args([
                "install",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
                "--save-exact",
                "--prefix",
            ])
            .arg(partial)
            .arg(format!("{package}@{version}"))
            .run()?;
        process::command(partial.join(bin).join(program)).arg("--version").read().map(drop)
    })?;
    Ok(place.join(bin))
}
