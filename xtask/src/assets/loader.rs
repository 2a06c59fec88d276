//! Fills boot's name and the launcher's words into the script that hosts include.
//!
//! The support address stays open: `"__MAIL__"` is for the server to fill in when it starts.

use std::{fs, path::Path};

use anyhow::{Context, Result, ensure};
use serde_json::{Map, Value, json};

use super::{esbuild::Esbuild, published::Published};

const ASSETS: &str = "__ASSETS__";
const MAIL: &str = "\"__MAIL__\"";

pub(super) fn publish(
    esbuild: &Esbuild,
    source: &Path,
    boot: &Published,
    launchers: &Map<String, Value>,
    staging: &Path,
) -> Result<()> {
    let filled = fill(source, &json!([boot.name, boot.integrity, launchers]))?;
    // No `--format`: the result is a classic script like its source.
    let minified = esbuild.minify(&["--target=es2022", "--loader=js"], &filled)?;
    check(&minified, boot).with_context(|| format!("{}", source.display()))?;
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

/// What esbuild left must name boot once and keep the place for the address.
fn check(minified: &str, boot: &Published) -> Result<()> {
    let places = minified.matches(&boot.name).count();
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

    #[test]
    fn a_loader_without_its_places_is_refused() {
        let boot = Published::sample("b.js");
        let refused = |text: &str| check(text, &boot).map_err(|it| it.to_string());
        assert_eq!(refused(r#"a=["b.js",""],m="__MAIL__""#), Ok(()));
        assert!(refused(r#"m="__MAIL__""#).unwrap_err().contains("0 times"));
        assert!(refused(r#"a=["b.js","b.js"],m="__MAIL__""#).unwrap_err().contains("2 times"));
        assert!(refused(r#"a=["b.js"],m="x""#).unwrap_err().contains("__MAIL__"));
    }
}
