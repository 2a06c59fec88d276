//! What npm brings: tools that run as they are (wasm-opt in `binaryen`, esbuild), and clients that
//! the tests drive.

use std::path::{Path, PathBuf};

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
        install(partial, package, version)?;
        process::command(partial.join(bin).join(program)).arg("--version").read().map(drop)
    })?;
    Ok(place.join(bin))
}

/// The folder in which Node.js finds the package, for `NODE_PATH`.
pub(super) fn provide_library(
    folder: &ToolFolder,
    package: &str,
    version: &str,
) -> Result<PathBuf> {
    let modules = "node_modules";
    let name = format!("{package}-{version}");
    let place = folder.provide(&name, &format!("{modules}/{package}/package.json"), |partial| {
        install(partial, package, version)?;
        let load = format!("require('{package}')");
        process::command("node").current_dir(partial).args(["-e", &load]).run()
    })?;
    Ok(place.join(modules))
}

fn install(place: &Path, package: &str, version: &str) -> Result<()> {
    if find_program("node").is_none() || find_program("npm").is_none() {
        bail!(
            "Node.js with npm is missing: install version 20 or later from https://nodejs.org, \
             or by `apt-get install nodejs npm`"
        );
    }
    process::command("npm")
        .current_dir(place)
        .args([
            "install",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            "--save-exact",
            "--prefix",
        ])
        .arg(place)
        .arg(format!("{package}@{version}"))
        .run()
}
