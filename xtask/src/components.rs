//! Makes the page that shows every component in every state: one file that opens without a server.
//!
//! It is the widget's own code with one feature more, compiled apart, so that nothing of it is in what hosts download.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};
use serde_json::{Map, json};

use crate::{
    assets::{Locales, stylesheet, words},
    process::{Run, command},
    project::Project,
    tools::{Tools, cargo_for_size},
};

const SCRIPT: &str = "/* __SCRIPT__ */";
/// What is imported over the border between the two parts of the Wasm. This page has all in one part.
const BORDER: &str = " from \"__wasm_split_placeholder__\"";

/// Builds the page and returns its path.
pub(crate) fn build(project: &Project, tools: &Tools) -> Result<PathBuf> {
    let root = project.root();
    cargo_for_size(root)
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

    let glue = parts.join("handrail.js");
    fs::write(&glue, without_border(&fs::read_to_string(&glue)?))?;

    let mut locales = Map::new();
    for (locale, texts) in Locales::read(root)?.in_order() {
        locales.insert(locale.to_owned(), json!([words(&texts.form), words(&texts.later)]));
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

/// The glue with something callable in the place of whatever is imported over the border; nothing that the page
/// shows calls it.
fn without_border(glue: &str) -> String {
    let line = |line: &str| {
        let name = line.trim_end_matches(';').strip_suffix(BORDER)?.strip_prefix("import * as ")?;
        Some(format!("const {name} = new Proxy({{}}, {{ get: () => () => {{}} }});"))
    };
    glue.lines().map(|it| line(it).unwrap_or_else(|| it.to_owned()) + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_imported_over_the_border() {
        let glue = "import * as import1 from \"__wasm_split_placeholder__\"\nlet wasm;\n";
        let without = without_border(glue);
        assert!(without.starts_with("const import1 = new Proxy("), "{without}");
        assert!(without.ends_with("\nlet wasm;\n"), "{without}");
    }
}
