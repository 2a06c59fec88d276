//! Makes the page that shows every component in every state: one file that opens without a server.
//!
//! It is the widget's own code with one feature more, compiled apart, so that nothing of it is in what hosts download.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, json};

use crate::{
    assets::{in_order, read_completed, stylesheet, words},
    process::{Run, command},
    project::Project,
    tools::Tools,
};

const SCRIPT: &str = "/* __SCRIPT__ */";

/// Builds the page and returns its path.
pub(crate) fn build(project: &Project, tools: &Tools) -> Result<PathBuf> {
    let root = project.root();
    tools
        .cargo_for_wasm(root)?
        .args(["build", "--package", "handrail", "--lib", "--target", "wasm32-unknown-unknown"])
        .args(["--profile", "components", "--features", "components"])
        .run()?;
    let folder = project.target().join("components");
    let parts = folder.join("parts");
    fs::create_dir_all(&parts).with_context(|| format!("cannot make {}", parts.display()))?;
    let wasm = project.target().join("wasm32-unknown-unknown/components/handrail.wasm");
    command(tools.wasm_bindgen())
        .args(["--target", "web", "--no-typescript", "--out-dir"])
        .arg(&parts)
        .arg(wasm)
        .run()?;

    let mut locales = Map::new();
    for (locale, entries) in read_completed(&root.join("locales"))? {
        let texts = in_order(root, &entries)?;
        locales.insert(locale, json!([words(&texts.form), words(&texts.later)]));
    }
    let data = json!({ "css": stylesheet(root)?, "locales": locales });
    fs::write(parts.join("data.json"), data.to_string())?;
    let sources = root.join("src/components");
    fs::copy(sources.join("page.js"), parts.join("page.js"))?;

    let script = command(Tools::esbuild()?)
        .arg(parts.join("page.js"))
        .args(["--bundle", "--minify", "--format=iife", "--loader:.wasm=binary"])
        .args(["--charset=utf8", "--log-level=warning"])
        .read()?;
    let page = fs::read_to_string(sources.join("page.html"))?;
    let page = page.replace(SCRIPT, &script.replace("</script", "<\\/script"));
    let file = folder.join("index.html");
    fs::write(&file, page).with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}
