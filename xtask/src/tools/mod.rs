//! The programs that the build and the tests need beside the compiler, each in an exact version
//! where a version matters, and installed by us where it is missing.
//!
//! Whatever cannot be installed ends in an error that names the remedy, never in a half-way build.

mod apt;
mod cargo;
mod folder;
mod npm;
mod python;
mod wasm_target;

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

pub(crate) use self::wasm_target::{debian_rust, fetch_crates};
use self::{folder::ToolFolder, wasm_target::ensure_wasm_target};
use crate::{
    process::head_path,
    project::Project,
    versions::{ESBUILD, HYPOTHESIS, NODE_ZENDESK, SCHEMATHESIS, Versions, ZENPY},
};

/// The tools of the build, found or installed.
pub(crate) struct Tools {
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
    binaryen: PathBuf,
    esbuild: PathBuf,
}

/// What the tests need on top.
pub(crate) struct TestTools {
    pub(crate) chromium: PathBuf,
    pub(crate) chromedriver: PathBuf,
    /// A Python that has zenpy.
    pub(crate) zenpy: PathBuf,
    /// A folder in which Node.js finds node-zendesk.
    pub(crate) node_zendesk: PathBuf,
    /// A Python that has schemathesis.
    pub(crate) schemathesis: PathBuf,
}

impl Tools {
    /// Everything that it takes to build widget and server.
    pub(crate) fn for_build(project: &Project) -> Result<Self> {
        apt::ensure_program(&["cc"], &["build-essential"], "a C compiler (SQLite is C)")?;
        ensure_wasm_target(project.root())?;
        let folder = ToolFolder::open()?;
        let versions = Versions::read(project.root())?;
        let wasm_bindgen = cargo::Tool {
            package: "wasm-bindgen-cli",
            version: &versions.wasm_bindgen,
            program: "wasm-bindgen",
            // Its own lock file names crates that a mirror of the registry may not serve.
            locked: false,
        };
        let trunk = cargo::Tool {
            package: "trunk",
            version: &versions.trunk,
            program: "trunk",
            locked: true,
        };
        let tools = Self {
            wasm_bindgen: wasm_bindgen.provide(&folder, project.root())?,
            trunk: trunk.provide(&folder, project.root())?,
            binaryen: npm::provide(&folder, "binaryen", &versions.binaryen, "wasm-opt")?,
            esbuild: npm::provide(&folder, "esbuild", ESBUILD, "esbuild")?,
        };
        folder.clear_leftovers()?;
        Ok(tools)
    }

    /// esbuild alone, for Trunk's hook.
    pub(crate) fn esbuild() -> Result<PathBuf> {
        let folder = npm::provide(&ToolFolder::open()?, "esbuild", ESBUILD, "esbuild")?;
        Ok(folder.join("esbuild"))
    }

    /// Trunk, which finds the other tools on its PATH and takes only the exact versions.
    pub(crate) fn trunk(&self, root: &Path) -> Result<Command> {
        let mut trunk = crate::process::command(self.trunk.join("trunk"));
        let mut folders = vec![
            self.trunk.clone(),
            self.wasm_bindgen.clone(),
            self.binaryen.clone(),
            self.esbuild.clone(),
        ];
        if let Some(rust) = debian_rust() {
            wasm_target::use_debian_rust(&mut trunk, &rust);
            folders.push(rust);
        }
        head_path(&mut trunk, &folders)?;
        // Trunk reads this as a boolean and fails over the customary `NO_COLOR=1`.
        if env::var_os("NO_COLOR").is_some() {
            trunk.env("NO_COLOR", "true");
        }
        // Trunk's own backtrace would bury what the compiler said.
        trunk.env("RUST_BACKTRACE", "0");
        trunk.env("HANDRAIL_XTASK", env::current_exe()?).current_dir(root);
        Ok(trunk)
    }
}

impl TestTools {
    /// A browser with its driver, two of Zendesk's clients, and who makes up calls.
    pub(crate) fn ensure() -> Result<Self> {
        let browser = ["chromium", "chromium-browser", "google-chrome"];
        Ok(Self {
            chromium: given_or("HANDRAIL_CHROMIUM", || {
                apt::ensure_program(&browser, &["chromium"], "Chromium, for the browser tests")
            })?,
            chromedriver: given_or("HANDRAIL_CHROMEDRIVER", || {
                apt::ensure_program(&["chromedriver"], &["chromium-driver"], "Chromium's WebDriver")
            })?,
            zenpy: given_or("HANDRAIL_ZENPY", || {
                python::provide(&ToolFolder::open()?, &[("zenpy", ZENPY)])
            })?,
            node_zendesk: given_or("HANDRAIL_NODE_ZENDESK", || {
                npm::provide_library(&ToolFolder::open()?, "node-zendesk", NODE_ZENDESK)
            })?,
            schemathesis: given_or("HANDRAIL_SCHEMATHESIS", || {
                let packages = [("schemathesis", SCHEMATHESIS), ("hypothesis", HYPOTHESIS)];
                python::provide(&ToolFolder::open()?, &packages)
            })?,
        })
    }
}

/// Lets a person name a program that stands where nobody would look.
fn given_or(variable: &str, find: impl FnOnce() -> Result<PathBuf>) -> Result<PathBuf> {
    match env::var_os(variable) {
        Some(path) if !path.is_empty() => Ok(path.into()),
        _ => find(),
    }
}
