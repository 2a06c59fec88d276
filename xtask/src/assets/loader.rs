//! Fills the names of everything else into the script that hosts include.
//!
//! The support address stays open: `"__MAIL__"` is for the server to fill in when it starts.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use super::{esbuild::Esbuild, published::Published};

const ASSETS: &str = "__ASSETS__";
const MAIL: &str = "\"__MAIL__\"";

pub(super) struct Assets {
    pub(super) glue: Published,
    pub(super) wasm: Published,
    pub(super) locales: BTreeMap<String, Published>,
    pub(super) labels: Map<String, Value>,
}

impl Assets {
    fn to_json(&self) -> Value {
        let locales: Map<String, Value> =
            self.locales.iter().map(|(name, file)| (name.clone(), file.to_json())).collect();
        json!({
            "glue": self.glue.to_json(),
            "wasm": self.wasm.to_json(),
            "locales": locales,
            "labels": self.labels,
        })
    }
}

pub(super) fn publish(
    esbuild: &Esbuild,
    source: &Path,
    assets: &Assets,
    staging: &Path,
) -> Result<()> {
    let text =
        fs::read_to_string(source).with_context(|| format!("cannot read {}", source.display()))?;
    // A mention in a comment is filled, too, and goes away with the comment.
    let filled = text.replace(ASSETS, &assets.to_json().to_string());
    // No `--format`: the result is a classic script like its source.
    let minified =
        esbuild.minify(&["--target=es2022", "--charset=utf8", "--loader=js"], &filled)?;
    check(&minified, assets).with_context(|| format!("{}", source.display()))?;
    fs::write(staging.join("handrail.js"), minified).context("cannot write the loader")
}

/// What esbuild left must name everything once and keep the place for the address.
fn check(minified: &str, assets: &Assets) -> Result<()> {
    let places = minified.matches(&assets.glue.name).count();
    ensure!(places == 1, "{ASSETS} stands {places} times in the code, and once is right");
    ensure!(
        minified.contains(MAIL),
        "minifying removed {MAIL}; it must not be compared with a constant"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(name: &str) -> Published {
        Published { name: name.to_owned(), integrity: format!("sha256-{name}") }
    }

    fn assets() -> Assets {
        let labels = json!({"en": {"launcher": "Support"}});
        Assets {
            glue: file("g.js"),
            wasm: file("w.wasm"),
            locales: BTreeMap::from([("en".to_owned(), file("locales/en.json"))]),
            labels: labels.as_object().cloned().unwrap(),
        }
    }

    #[test]
    fn the_loader_learns_every_name() {
        let value = assets().to_json();
        assert_eq!(value["glue"], json!(["g.js", "sha256-g.js"]));
        assert_eq!(value["locales"]["en"][0], "locales/en.json");
        assert_eq!(value["labels"]["en"]["launcher"], "Support");
    }

    #[test]
    fn a_loader_without_its_places_is_refused() {
        let refused = |text: &str| check(text, &assets()).map_err(|it| it.to_string());
        assert_eq!(refused(r#"a={glue:["g.js",""]},m="__MAIL__""#), Ok(()));
        assert!(refused(r#"m="__MAIL__""#).unwrap_err().contains("0 times"));
        assert!(refused(r#"a=["g.js","g.js"],m="__MAIL__""#).unwrap_err().contains("2 times"));
        assert!(refused(r#"a=["g.js"],m="x""#).unwrap_err().contains("__MAIL__"));
    }
}
