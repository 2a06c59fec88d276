//! The programs that the build and the tests need beside the compiler, each in an exact version
//! where a version matters, and installed by us where it is missing.
//!
//! Whatever cannot be installed ends in an error that names the remedy, never in a half-way build.

mod apt;
mod cargo;
mod folder;
mod npm;
mod pictures;
mod python;
mod test_tools;
mod wasm_target;

use std::{
    env,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use self::{folder::ToolFolder, wasm_target::ensure_wasm_target};
pub(crate) use self::{
    npm::pack,
    pictures::Pictures,
    test_tools::TestTools,
    wasm_target::{cargo_for_size, debian_rust, fetch_crates},
};
use crate::{
    assets::stand_in,
    process::head_path,
    project::Project,
    versions::{ESBUILD, SENTRY, Versions, WASM_SPLIT_CLI},
};

/// The tools of the build, found or installed.
pub(crate) struct Tools {
    trunk: PathBuf,
    wasm_bindgen: PathBuf,
    binaryen: PathBuf,
    esbuild: PathBuf,
}

/// What it takes from the linked Wasm to the finished one, for Trunk's hook.
pub(crate) struct WasmTools {
    pub(crate) split: PathBuf,
    pub(crate) bindgen: PathBuf,
    pub(crate) opt: PathBuf,
}

impl WasmTools {
    pub(crate) fn find(root: &Path) -> Result<Self> {
        let folder = ToolFolder::open()?;
        let versions = Versions::read(root)?;
        let binaryen = npm::provide(&folder, "binaryen", &versions.binaryen, "wasm-opt")?;
        Ok(Self {
            split: WASM_SPLIT.provide(&folder, root)?.join(WASM_SPLIT.program),
            bindgen: wasm_bindgen(&versions).provide(&folder, root)?.join("wasm-bindgen"),
            opt: binaryen.join("wasm-opt"),
        })
    }
}

/// Cuts the Wasm in two. It does not tell its version.
const WASM_SPLIT: cargo::Tool<'static> = cargo::Tool {
    package: "wasm_split_cli_support",
    version: WASM_SPLIT_CLI,
    program: "wasm-split-cli",
    features: "build-binary",
    locked: false,
    tells_version: false,
};

fn wasm_bindgen(versions: &Versions) -> cargo::Tool<'_> {
    cargo::Tool {
        package: "wasm-bindgen-cli",
        version: &versions.wasm_bindgen,
        program: "wasm-bindgen",
        features: "",
        // Its own lock file names crates that a mirror of the registry may not serve.
        locked: false,
        tells_version: true,
    }
}

impl Tools {
    /// Everything that it takes to build widget and server.
    pub(crate) fn for_build(project: &Project) -> Result<Self> {
        apt::ensure_program(&["cc"], &["build-essential"], "a C compiler (SQLite is C)")?;
        ensure_wasm_target(project.root())?;
        let folder = ToolFolder::open()?;
        let versions = Versions::read(project.root())?;
        let trunk = cargo::Tool {
            package: "trunk",
            version: &versions.trunk,
            program: "trunk",
            features: "",
            locked: true,
            tells_version: true,
        };
        WASM_SPLIT.provide(&folder, project.root())?;
        let tools = Self {
            wasm_bindgen: wasm_bindgen(&versions).provide(&folder, project.root())?,
            trunk: trunk.provide(&folder, project.root())?,
            binaryen: npm::provide(&folder, "binaryen", &versions.binaryen, "wasm-opt")?,
            esbuild: npm::provide(&folder, "esbuild", ESBUILD, "esbuild")?,
        };
        folder.clear_leftovers()?;
        Ok(tools)
    }

    pub(crate) fn wasm_bindgen(&self) -> PathBuf {
        self.wasm_bindgen.join("wasm-bindgen")
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
        wasm_target::build_for_size(&mut trunk);
        match debian_rust() {
            // Debian's compiler knows a linker of its own.
            Some(rust) => folders.push(rust),
            None => stand_in(&mut trunk, &wasm_target::libraries(root)?)?,
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

/// The folder in which Node.js, and esbuild, find Sentry's packages.
pub(crate) fn sentry() -> Result<PathBuf> {
    npm::provide_libraries(&ToolFolder::open()?, &[("@sentry/browser", SENTRY)])
}

/// Lets a person name a program that stands where nobody would look.
fn given_or(variable: &str, find: impl FnOnce() -> Result<PathBuf>) -> Result<PathBuf> {
    match env::var_os(variable) {
        Some(path) if !path.is_empty() => Ok(path.into()),
        _ => find(),
    }
}
