//! Boot: one script a language, with the plain form and the names of all that comes later inside. One file is there
//! sooner than two of which the first names the second, and the loader has room for a name a language.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::{
    esbuild::Esbuild, loader::fill, plain::PlainForm, published::Published, texts::Locales,
    wasm::Parts,
};
use crate::project::Project;

const SOURCE: &str = "embed/boot.js";

/// What boot fetches.
pub(super) struct Behind<'a> {
    pub(super) parts: &'a Parts,
    /// Style and texts of the later part, by language.
    pub(super) later: &'a BTreeMap<String, Published>,
}

impl Behind<'_> {
    fn in_locale(&self, locale: &str) -> Result<Value> {
        let dress = self.later.get(locale).with_context(|| format!("`{locale}` has no texts"))?;
        Ok(json!({
            "glue": self.parts.glue.to_json(),
            "wasm": self.parts.wasm.to_json(),
            "later": self.parts.later.to_json(),
            "dress": dress.to_json(),
        }))
    }
}

pub(super) fn publish(
    esbuild: &Esbuild,
    project: &Project,
    locales: &Locales,
    behind: &Behind<'_>,
    staging: &Path,
) -> Result<BTreeMap<String, Published>> {
    let source = project.root().join(SOURCE);
    let form = PlainForm::read(esbuild, project.root())?;
    let mut published = BTreeMap::new();
    for (locale, texts) in locales.in_order() {
        let folder = project.target().join("xtask/boot").join(locale);
        // Where boot looks for it.
        form.write(&folder.join("plain"), &texts.form)?;
        let entry = folder.join("boot.js");
        fs::write(&entry, fill(&source, &behind.in_locale(locale)?)?)?;
        let script = esbuild.module(&entry).with_context(|| SOURCE.to_owned())?;
        let file = Published::write(staging, &format!("boot-{locale}-"), ".js", &script)?;
        published.insert(locale.to_owned(), file);
    }
    Ok(published)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boot_learns_every_name_of_its_language() {
        let parts = Parts {
            glue: Published::sample("g.js"),
            wasm: Published::sample("w.wasm"),
            later: Published::sample("l.wasm"),
        };
        let later = BTreeMap::from([("en".to_owned(), Published::sample("later-en.json"))]);
        let behind = Behind { parts: &parts, later: &later };
        let value = behind.in_locale("en").unwrap();
        assert_eq!(value["glue"], json!(["g.js", "sha256-g.js"]));
        assert_eq!(value["later"][0], "l.wasm");
        assert_eq!(value["dress"][0], "later-en.json");
        assert!(behind.in_locale("de").is_err());
    }
}
