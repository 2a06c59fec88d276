//! The style sheets, as the two that every shadow root adopts: what the form needs, and what comes with
//! the later part of the Wasm.

use std::path::Path;

use anyhow::{Context, Result};

use super::esbuild::Esbuild;

/// The sheet that comes first.
pub(super) const FIRST: &str = "style/index.css";
/// The sheet of the later part.
pub(super) const LATER: &str = "style/later.css";

pub(super) fn bundle(esbuild: &Esbuild, index: &Path) -> Result<String> {
    esbuild
        .minify(&[index.as_os_str(), "--bundle".as_ref()], "")
        .context("the style sheets cannot be bundled")
}
