//! Builds the support server, and other programs of the workspace alike.

use std::path::PathBuf;

use anyhow::Result;

use crate::{
    process::{Run, cargo},
    project::Project,
};

const PACKAGE: &str = "handrail-server";

/// How the server is compiled.
#[derive(Clone, Copy)]
pub(crate) enum Profile {
    Dev,
    Release,
}

/// Compiles the server and returns the program.
pub(crate) fn build(project: &Project, profile: Profile) -> Result<PathBuf> {
    program(project, PACKAGE, profile)
}

/// Compiles the program of a package that has the same name.
pub(crate) fn program(project: &Project, package: &str, profile: Profile) -> Result<PathBuf> {
    let mut cargo = cargo(project.root());
    cargo.args(["build", "--package", package]);
    let folder = match profile {
        Profile::Dev => "debug",
        Profile::Release => {
            cargo.arg("--release");
            "release"
        }
    };
    cargo.run()?;
    Ok(project.target().join(folder).join(package))
}
