//! Where things are: the checkout, its target folder, the built site.
//!
//! Nothing here depends on the folder that the caller stands in.

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::process::{Run, cargo};

/// One checkout of the repository.
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// Asks cargo, because the target folder can be moved by a variable or by a user's own settings.
    pub(crate) fn find() -> Result<Self> {
        let own_folder = env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = own_folder.parent().context("xtask has no folder above it")?.to_owned();
        let metadata = cargo(&root)
            .args(["metadata", "--no-deps", "--format-version=1"])
            .read()
            .context("cargo cannot read the workspace")?;
        let metadata: serde_json::Value = serde_json::from_str(&metadata)?;
        let target = metadata
            .get("target_directory")
            .and_then(|it| it.as_str())
            .context("cargo metadata names no target folder")?;
        Ok(Self { root, target: target.into() })
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// The folder that Trunk fills and the server serves.
    pub(crate) fn dist(&self) -> PathBuf {
        self.root.join("dist")
    }

    /// Cargo's target folder: everything in it can be made anew.
    pub(crate) fn target(&self) -> &Path {
        &self.target
    }
}
