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
        install(partial, &[(package, version)])?;
        process::command(partial.join(bin).join(program)).arg("--version").read().map(drop)
    })?;
    Ok(place.join(bin))
}

/// The folder in which Node.js finds these packages, for `NODE_PATH`.
pub(super) fn provide_libraries(folder: &ToolFolder, packages: &[(&str, &str)]) -> Result<PathBuf> {
    let modules = "node_modules";
    // A scope is no folder here.
    let named = |(name, at): &(&str, &str)| format!("{}-{at}", name.replace('/', "+"));
    let names: Vec<String> = packages.iter().map(named).collect();
    let first = packages.first().map_or("", |(package, _)| *package);
    let sign = format!("{modules}/{first}/package.json");
    let place = folder.provide(&names.join("-"), &sign, |partial| {
        install(partial, packages)?;
        let load = packages.iter().map(|(package, _)| format!("require('{package}')\n"));
        process::command("node").current_dir(partial).args(["-e", &load.collect::<String>()]).run()
    })?;
    Ok(place.join(modules))
}

/// Packs the package in a folder into another; the name of the archive.
pub(crate) fn pack(package: &Path, into: &Path) -> Result<String> {
    ensure_npm()?;
    let mut npm = process::command("npm");
    npm.args(["pack", "--loglevel=error", "--pack-destination"]).arg(into);
    let said = npm.current_dir(package).read()?;
    Ok(said.trim().to_owned())
}

fn ensure_npm() -> Result<()> {
    if find_program("node").is_none() || find_program("npm").is_none() {
        bail!(
            "Node.js with npm is missing: install version 20 or later from https://nodejs.org, \
             or by `apt-get install nodejs npm`"
        );
    }
    Ok(())
}

fn install(place: &Path, packages: &[(&str, &str)]) -> Result<()> {
    ensure_npm()?;
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
        .args(packages.iter().map(|(package, version)| format!("{package}@{version}")))
        .run()
}
