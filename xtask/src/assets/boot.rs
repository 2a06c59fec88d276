//! Fills the names of everything that the widget needs into the script that brings it.

use std::{collections::BTreeMap, path::Path};

use anyhow::{Context, Result};
use serde_json::{Map, Value, json};

use super::{esbuild::Esbuild, loader::fill, published::Published, wasm::Parts};

/// What boot knows.
pub(super) struct Manifest<'a> {
    pub(super) parts: Parts,
    pub(super) later: &'a BTreeMap<String, Published>,
    pub(super) plain: &'a BTreeMap<String, Published>,
    pub(super) labels: &'a Map<String, Value>,
}

impl Manifest<'_> {
    fn to_json(&self) -> Value {
        let all = |files: &BTreeMap<String, Published>| -> Map<String, Value> {
            files.iter().map(|(name, file)| (name.clone(), file.to_json())).collect()
        };
        json!({
            "glue": self.parts.glue.to_json(),
            "wasm": self.parts.wasm.to_json(),
            "later": self.parts.later.to_json(),
            "dress": all(self.later),
            "plain": all(self.plain),
            "labels": self.labels,
        })
    }
}

pub(super) fn publish(
    esbuild: &Esbuild,
    source: &Path,
    manifest: &Manifest<'_>,
    staging: &Path,
) -> Result<Published> {
    let filled = fill(source, &manifest.to_json())?;
    let minified = esbuild
        .minify(&["--target=es2022", "--format=esm", "--loader=js"], &filled)
        .with_context(|| format!("{}", source.display()))?;
    Published::write(staging, "boot-", ".js", minified.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boot_learns_every_name() {
        let later = BTreeMap::from([("en".to_owned(), Published::sample("later-en.json"))]);
        let plain = BTreeMap::from([("en".to_owned(), Published::sample("plain-en.js"))]);
        let labels = json!({"en": {"failed": "Failed"}});
        let manifest = Manifest {
            parts: Parts {
                glue: Published::sample("g.js"),
                wasm: Published::sample("w.wasm"),
                later: Published::sample("l.wasm"),
            },
            later: &later,
            plain: &plain,
            labels: labels.as_object().unwrap(),
        };
        let value = manifest.to_json();
        assert_eq!(value["glue"], json!(["g.js", "sha256-g.js"]));
        assert_eq!(value["later"][0], "l.wasm");
        assert_eq!(value["dress"]["en"][0], "later-en.json");
        assert_eq!(value["plain"]["en"][0], "plain-en.js");
        assert_eq!(value["labels"]["en"]["failed"], "Failed");
    }
}
