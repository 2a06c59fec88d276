//! What Debian's package manager brings: the C compiler, the browser, Python.
//!
//! On a system without apt-get the error names what to install by hand.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::{
    process::{self, Run, find_program},
    progress::step,
};

/// Finds one of the programs, installing `packages` if need be.
pub(super) fn ensure_program(names: &[&str], packages: &[&str], what: &str) -> Result<PathBuf> {
    let find = || names.iter().find_map(|name| find_program(name));
    if let Some(found) = find() {
        return Ok(found);
    }
    install(packages, what)?;
    find().with_context(|| format!("{} brought no {}", packages.join(" "), names.join(" or ")))
}

/// Installs Debian packages; `what` tells the reader why.
pub(super) fn install(packages: &[&str], what: &str) -> Result<()> {
    let remedy =
        format!("{what} is missing; the remedy is `apt-get install {}`", packages.join(" "));
    if find_program("apt-get").is_none() {
        bail!("{remedy}, or what your system calls it: there is no apt-get here");
    }
    let sudo = sudo().with_context(|| remedy.clone())?;
    let headline = format!("Installing {what}: {}", packages.join(" "));
    step(&headline, || {
        apt_get(sudo.as_deref()).args(["update", "-qq"]).run()?;
        apt_get(sudo.as_deref())
            .args(["install", "-y", "--no-install-recommends"])
            .args(packages)
            .run()
    })
    .with_context(|| remedy)
}

fn apt_get(sudo: Option<&Path>) -> std::process::Command {
    let mut command = match sudo {
        Some(sudo) => {
            let mut command = process::command(sudo);
            // sudo drops the caller's variables, so this one is set behind it.
            command.args(["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
            command
        }
        None => {
            let mut command = process::command("apt-get");
            command.env("DEBIAN_FRONTEND", "noninteractive");
            command
        }
    };
    // Another apt-get may be at work: wait for it rather than fail.
    command.args(["-o", "DPkg::Lock::Timeout=300"]);
    command
}

/// How to become root: by nothing, if we are; else by sudo.
fn sudo() -> Result<Option<PathBuf>> {
    if process::command("id").arg("-u").read()?.trim() == "0" {
        return Ok(None);
    }
    find_program("sudo").map(Some).context("packages are installed by root, and there is no sudo")
}
