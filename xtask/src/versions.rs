//! Which version of which tool. What Trunk has to know stands in Trunk.toml and is read from
//! there; the rest stands here and nowhere else.

use std::{fs, path::Path};

use anyhow::{Context, Result};

/// Looks for barriers in the widget; the tests run it in the page.
pub(crate) const AXE: &str = "4.14.1";
/// What the tests make pages of host products with.
pub(crate) const FRAMEWORKS: [(&str, &str); 5] = [
    ("esbuild", ESBUILD),
    ("react", "19.3.1"),
    ("react-dom", "19.3.1"),
    ("svelte", "5.57.3"),
    ("vue", "3.5.45"),
];
/// Whose feedback widget ours is measured beside.
pub(crate) const SENTRY: &str = "11.12.0";
/// Reads the declarations of the npm package as hosts' compilers do.
pub(crate) const TYPESCRIPT: &str = "7.0.2";
/// Bundles the style, minifies the scripts.
pub(crate) const ESBUILD: &str = "0.28.2";
/// Firefox's WebDriver, which Debian does not have.
pub(crate) const GECKODRIVER: &str = "0.37.0";
/// Cuts the Wasm in two at the marks of `wasm_split_helpers`.
pub(crate) const WASM_SPLIT_CLI: &str = "0.2.4";
/// Zendesk's own API as an unchanged Python client sees it; the tests drive it.
pub(crate) const ZENPY: &str = "2.0.57";
/// The same for Node.js.
pub(crate) const NODE_ZENDESK: &str = "6.0.1";
/// Makes up calls from the description of the API.
pub(crate) const SCHEMATHESIS: &str = "4.32.5";
/// What schemathesis makes them up with; another version would make up others.
pub(crate) const HYPOTHESIS: &str = "6.170.15";

/// The versions that Trunk.toml pins.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Versions {
    pub(crate) trunk: String,
    pub(crate) wasm_bindgen: String,
    /// npm's number; Trunk calls the same thing `version_132`.
    pub(crate) binaryen: String,
}

impl Versions {
    pub(crate) fn read(root: &Path) -> Result<Self> {
        let file = root.join("Trunk.toml");
        let text =
            fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        Self::parse(&text).context("Trunk.toml")
    }

    fn parse(text: &str) -> Result<Self> {
        let trunk = toml_text(text, "", "trunk-version").context("trunk-version is missing")?;
        let trunk =
            trunk.strip_prefix('=').context("trunk-version must be exact, as in \"=0.21.14\"")?;
        let wasm_bindgen =
            toml_text(text, "tools", "wasm_bindgen").context("[tools] wasm_bindgen is missing")?;
        let wasm_opt =
            toml_text(text, "tools", "wasm_opt").context("[tools] wasm_opt is missing")?;
        let binaryen = wasm_opt
            .strip_prefix("version_")
            .context("[tools] wasm_opt must look like \"version_132\"")?;
        Ok(Self {
            trunk: trunk.to_owned(),
            wasm_bindgen: wasm_bindgen.to_owned(),
            binaryen: format!("{binaryen}.0.0"),
        })
    }
}

/// The string at `key` under `[section]` (`""` is the top). Reads the plain lines that our own
/// files consist of; a whole TOML parser would be the slowest part of compiling xtask.
pub(crate) fn toml_text<'a>(text: &'a str, section: &str, key: &str) -> Option<&'a str> {
    let mut current = "";
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            current = name.split(']').next().unwrap_or(name);
        } else if current == section
            && let Some((name, value)) = line.split_once('=')
            && name.trim() == key
        {
            return value.trim().strip_prefix('"')?.split('"').next();
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_versions_of_this_checkout_can_be_read() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
        let versions = Versions::read(root).unwrap();
        assert!(versions.binaryen.ends_with(".0.0"), "{versions:?}");
    }

    #[test]
    fn a_loose_trunk_version_is_refused() {
        let text =
            "trunk-version = \"0.21\"\n[tools]\nwasm_bindgen = \"1\"\nwasm_opt = \"version_9\"\n";
        assert!(Versions::parse(text).is_err());
        let exact = Versions::parse(&text.replace("\"0.21\"", "\"=0.21.14\"")).unwrap();
        assert_eq!(exact.trunk, "0.21.14");
        assert_eq!(exact.binaryen, "9.0.0");
    }

    #[test]
    fn a_key_counts_only_in_its_own_section() {
        let text = "a = \"top\"\n[x]\na = \"in x\" # why\n[y]\nb = 3\n";
        assert_eq!(toml_text(text, "", "a"), Some("top"));
        assert_eq!(toml_text(text, "x", "a"), Some("in x"));
        assert_eq!(toml_text(text, "y", "a"), None);
        assert_eq!(toml_text(text, "y", "b"), None);
    }
}
