//! Sentry's feedback widget, which ours is measured beside: bundled and compressed as a host would,
//! from bench/peer. None of it is part of the site.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::{compress, esbuild::Esbuild};
use crate::{tools, versions::SENTRY};

/// Bundles, each with the script that it is made of. The last two stand where the asynchronous widget
/// looks for them: below its version.
const BUNDLES: [(&str, &str); 4] = [
    ("sync.js", "sync.js"),
    ("async.js", "async.js"),
    ("{version}/feedback-modal.min.js", "modal.js"),
    ("{version}/feedback-screenshot.min.js", "screenshot.js"),
];

/// Fills `folder`, and nothing that was there before stays.
pub(crate) fn bundle(sources: &Path, folder: &Path) -> Result<()> {
    let (esbuild, packages) = (Esbuild::find()?, tools::sentry()?);
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    for (name, source) in BUNDLES {
        let file = folder.join(name.replace("{version}", SENTRY));
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder)
                .with_context(|| format!("cannot make {}", folder.display()))?;
        }
        let script = esbuild.bundle(&sources.join(source), &packages)?;
        fs::write(&file, script).with_context(|| format!("cannot write {}", file.display()))?;
    }
    compress::folder(folder)
}
