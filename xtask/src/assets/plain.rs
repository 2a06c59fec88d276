//! The plain form: a script with style and texts of one language inside, so that it depends on nothing
//! that may fail. The Wasm takes its texts from there, too, so they come once.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result};
use serde_json::Value;

use super::{
    esbuild::Esbuild,
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

/// Its sources, to which the texts of a language are to be added.
pub(super) struct PlainForm {
    style: Value,
    /// Scripts by their names.
    sources: BTreeMap<String, String>,
}

impl PlainForm {
    /// Of the repository in the folder `root`.
    pub(super) fn read(esbuild: &Esbuild, root: &Path) -> Result<Self> {
        let style = Value::from(style::bundle(esbuild, &root.join(style::FIRST))?.trim());
        let folder = root.join(FOLDER);
        let mut sources = BTreeMap::new();
        let entries =
            fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            sources.insert(name, fs::read_to_string(entry.path())?);
        }
        Ok(Self { style, sources })
    }

    /// Writes its scripts into `folder`, ready to be bundled.
    pub(super) fn write(&self, folder: &Path, texts: &[(&str, &str)]) -> Result<()> {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        for (name, script) in &self.sources {
            let numbered = numbered(script, texts).with_context(|| name.clone())?;
            fs::write(folder.join(name), numbered)?;
        }
        let (style, words) = (&self.style, words(texts));
        let module = format!("export const style = {style};\nexport const texts = {words};\n");
        Ok(fs::write(folder.join(TEXTS), module)?)
    }
}

/// The form of each language as a script of its own, which nobody downloads: it travels in boot. It has a
/// budget of its own, though.
pub(crate) fn alone(project: &Project) -> Result<BTreeMap<String, Vec<u8>>> {
    let esbuild = Esbuild::find()?;
    let form = PlainForm::read(&esbuild, project.root())?;
    let mut scripts = BTreeMap::new();
    for (locale, texts) in Locales::read(project.root())?.in_order() {
        let folder = project.target().join("xtask/plain").join(locale);
        form.write(&folder, &texts.form)?;
        scripts.insert(locale.to_owned(), esbuild.module(&folder.join(ENTRY))?);
    }
    Ok(scripts)
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
