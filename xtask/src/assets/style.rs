//! The style sheets, as the one that every shadow root adopts.

use std::path::Path;

use anyhow::{Context, Result};

use super::esbuild::Esbuild;

pub(super) fn bundle(esbuild: &Esbuild, index: &Path) -> Result<String> {
    esbuild
        .minify(&[index.as_os_str(), "--bundle".as_ref()], "")
        .context("the style sheets cannot be bundled")
}
