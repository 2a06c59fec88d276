//! Finishes the site in Trunk's staging folder: what Trunk built gets names after its contents
//! and integrity values, boot gets the plain form with style and texts and learns all names, the loader learns boot's,
//! and everything is compressed once here instead of at each request.
//!
//! Trunk names its files after the compiler's output, before wasm-bindgen and wasm-opt; under
//! such a name a file could change, and the server lets browsers keep named files for ever.

mod boot;
mod compress;
mod esbuild;
mod loader;
mod page;
mod peer;
mod plain;
mod published;
mod style;
mod texts;
mod wasm;

use std::{
    env,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use self::{boot::Behind, esbuild::Esbuild};
pub(crate) use self::{
    compress::{brotli, gzip},
    peer::bundle as bundle_peer,
    plain::{alone as plain_forms, keys as keys_of_plain},
    texts::{Locales, order, words},
    wasm::{link, linker, stand_in},
};
use crate::project::Project;

/// All style sheets as one.
pub(crate) fn stylesheet(root: &Path) -> Result<String> {
    let esbuild = Esbuild::find()?;
    let both = [style::FIRST, style::LATER].map(|sheet| style::bundle(&esbuild, &root.join(sheet)));
    both.into_iter().collect()
}

/// What Trunk's post_build hook calls.
pub(crate) fn post_build(project: &Project) -> Result<()> {
    let staging: PathBuf = env::var_os("TRUNK_STAGING_DIR")
        .context("TRUNK_STAGING_DIR is not set: Trunk calls this command, people call `cargo xtask build`")?
        .into();
    let root = project.root();
    let esbuild = Esbuild::find()?;
    let parts = wasm::publish(project, &esbuild, &staging)?;
    let later_style = style::bundle(&esbuild, &root.join(style::LATER))?;
    let locales = Locales::read(root)?;
    let later = locales.publish_later(&later_style, &staging)?;
    let behind = Behind { parts: &parts, later: &later };
    let boots = boot::publish(&esbuild, project, &locales, &behind, &staging)?;
    let loader = root.join("embed/handrail.js");
    loader::publish(&esbuild, &loader, &boots, &locales.launchers()?, &staging)?;
    page::publish(&staging)?;
    compress::folder(&staging)
}
