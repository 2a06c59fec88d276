//! Fills boot's hashes and the launcher's words into the script that hosts include.
//!
//! The support address stays open: `"__MAIL__"` is for the server to fill in when it starts.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use super::{esbuild::Esbuild, published::Published};

const ASSETS: &str = "__ASSETS__";
const MAIL: &str = "\"__MAIL__\"";

pub(super) fn publish(
    esbuild: &Esbuild,
    source: &Path,
    boots: &BTreeMap<String, Published>,
    launchers: &BTreeMap<&str, &str>,
    staging: &Path,
) -> Result<()> {
    let of_language = |(locale, boot): (&String, &Published)| {
        let label = launchers.get(locale.as_str());
        (locale.clone(), json!([label, boot.digest()]))
    };
    let assets: Map<_, _> = boots.iter().map(of_language).collect();
    let filled = fill(source, &assets.into())?;
    // No `--format`: the result is a classic script like its source.
    let minified = esbuild.minify(&["--target=es2022", "--loader=js"], &filled)?;
    check(&minified, boots.values()).with_context(|| format!("{}", source.display()))?;
    fs::write(staging.join("handrail.js"), minified).context("cannot write the loader")
}

/// The script with the assets in their place. A mention in a comment is filled, too, and goes away
/// with the comment.
pub(super) fn fill(source: &Path, assets: &Value) -> Result<String> {
    let text =
        fs::read_to_string(source).with_context(|| format!("cannot read {}", source.display()))?;
    ensure!(text.contains(ASSETS), "{} has no place for {ASSETS}", source.display());
    Ok(text.replace(ASSETS, &assets.to_string()))
}

/// What esbuild left must have each boot's hash once and keep the place for the address.
fn check<'a>(minified: &str, boots: impl Iterator<Item = &'a Published>) -> Result<()> {
    for boot in boots {
        let places = minified.matches(boot.digest()).count();
        ensure!(places == 1, "{ASSETS} stands {places} times in the code, and once is right");
    }
    ensure!(
        minified.contains(MAIL),
        "minifying removed {MAIL}; it must not be compared with a constant"
    );
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_loader_without_its_places_is_refused() {
        let boot = Published::sample("b.js");
        let refused = |text: &str| check(text, [&boot].into_iter()).map_err(|it| it.to_string());
        assert_eq!(refused(r#"a=["b.js",""],m="__MAIL__""#), Ok(()));
        assert!(refused(r#"m="__MAIL__""#).unwrap_err().contains("0 times"));
        assert!(refused(r#"a=["b.js","b.js"],m="__MAIL__""#).unwrap_err().contains("2 times"));
        assert!(refused(r#"a=["b.js"],m="x""#).unwrap_err().contains("__MAIL__"));
    }
}
