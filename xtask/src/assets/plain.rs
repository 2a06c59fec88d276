//! The plain form: one script a language, with style and texts inside, so that it depends on nothing
//! that may fail. The Wasm takes its texts from there, too, so they come once.

use std::{
    collections::{BTreeMap, BTreeSet},
    ffi::OsString,
    fs,
    path::Path,
};

use anyhow::{Context, Result};
use serde_json::Value;

use super::{
    esbuild::Esbuild,
    published::Published,
    style,
    texts::{
        Locales,
        order::{PLAINS, leading_name, names_behind},
        words,
    },
};
use crate::project::Project;

const FOLDER: &str = "embed/plain";
const ENTRY: &str = "form.js";
/// What the build writes beside the sources.
const TEXTS: &str = "texts.js";
/// What stands behind the point in its own name.
const FILE_ENDING: &str = "js";

pub(super) fn publish(
    esbuild: &Esbuild,
    project: &Project,
    locales: &Locales,
    staging: &Path,
) -> Result<BTreeMap<String, Published>> {
    let root = project.root();
    let style = Value::from(style::bundle(esbuild, &root.join(style::FIRST))?.trim());
    let sources = sources(&root.join(FOLDER))?;
    let mut published = BTreeMap::new();
    for (locale, texts) in locales.in_order() {
        let texts = texts.form;
        let folder = project.target().join("xtask/plain").join(locale);
        fs::create_dir_all(&folder)?;
        for (name, script) in &sources {
            let numbered = numbered(script, &texts).with_context(|| name.clone())?;
            fs::write(folder.join(name), numbered)?;
        }
        let words = words(&texts);
        let module = format!("export const style = {style};\nexport const texts = {words};\n");
        fs::write(folder.join(TEXTS), module)?;
        let arguments: [OsString; 4] = [
            folder.join(ENTRY).into(),
            "--bundle".into(),
            "--format=esm".into(),
            "--target=es2022".into(),
        ];
        let minified = esbuild.minify(&arguments, "").with_context(|| FOLDER.to_owned())?;
        let file =
            Published::write(staging, &format!("plain-{locale}-"), ".js", minified.as_bytes())?;
        published.insert(locale.to_owned(), file);
    }
    Ok(published)
}

/// The scripts of the form by their names.
fn sources(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut sources = BTreeMap::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        sources.insert(name, fs::read_to_string(entry.path())?);
    }
    Ok(sources)
}

/// A script that asks for texts by their places.
fn numbered(script: &str, texts: &[(&str, &str)]) -> Result<String> {
    let mut parts = script.split(PLAINS);
    let mut numbered = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let key = leading_name(part);
        let rest = part.get(key.len()..).unwrap_or_default();
        if key.is_empty() || key == FILE_ENDING {
            numbered.extend([PLAINS, part]);
            continue;
        }
        let place = texts
            .iter()
            .position(|(known, _)| *known == key)
            .with_context(|| format!("there is no text `{key}`"))?;
        numbered.extend(["texts[", &place.to_string(), "]", rest]);
    }
    Ok(numbered)
}

/// The keys of the texts that a script uses.
pub(crate) fn keys(script: &str) -> BTreeSet<&str> {
    let mut names = names_behind(script, PLAINS);
    names.remove(FILE_ENDING);
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_gets_the_places_of_the_texts_that_it_names() {
        let texts = [("send", "Send"), ("severity_s0", "Down"), ("unused", "")];
        let script = "import { texts } from \"./texts.js\"; [texts.severity_s0, texts.send]";
        assert_eq!(
            numbered(script, &texts).unwrap(),
            "import { texts } from \"./texts.js\"; [texts[1], texts[0]]"
        );
        assert!(numbered("texts.gone", &[]).is_err());
        assert_eq!(keys("[texts.severity_s0, texts.send] // named `texts.…`").len(), 2);
    }
}
