//! Finishes the site in Trunk's staging folder: what Trunk built gets names after its contents
//! and integrity values, style and texts are added, the loader learns all names, and everything
//! is compressed once here instead of at each request.
//!
//! Trunk names its files after the compiler's output, before wasm-bindgen and wasm-opt; under
//! such a name a file could change, and the server lets browsers keep named files for ever.

mod compress;
mod esbuild;
mod glue;
mod loader;
mod page;
mod published;
mod style;
mod texts;

use std::{env, path::PathBuf};

use anyhow::{Context, Result};

pub(crate) use self::{
    compress::{brotli, gzip},
    texts::LOADER_PREFIX,
};
use self::{esbuild::Esbuild, loader::Assets};
use crate::project::Project;

/// What Trunk's post_build hook calls.
pub(crate) fn post_build(project: &Project) -> Result<()> {
    let staging: PathBuf = env::var_os("TRUNK_STAGING_DIR")
        .context("TRUNK_STAGING_DIR is not set: Trunk calls this command, people call `cargo xtask build`")?
        .into();
    let root = project.root();
    let esbuild = Esbuild::find()?;
    let (glue, wasm) = glue::publish(&esbuild, &staging)?;
    let style = style::bundle(&esbuild, &root.join("style/index.css"))?;
    let texts = texts::publish(&root.join("locales"), &style, &staging)?;
    let assets = Assets { glue, wasm, locales: texts.locales, labels: texts.labels };
    loader::publish(&esbuild, &root.join("embed/handrail.js"), &assets, &staging)?;
    page::publish(&staging)?;
    compress::folder(&staging)
}
