//! Versions that must equal each other although they stand in different files.

use std::{fs, path::Path};

use anyhow::{Context, Result};

use super::Finding;
use crate::versions::{Versions, toml_text};

pub(super) fn check(root: &Path) -> Result<Vec<Finding>> {
    let read = |name: &str| {
        fs::read_to_string(root.join(name)).with_context(|| format!("cannot read {name}"))
    };
    let (manifest, lock) = (read("Cargo.toml")?, read("Cargo.lock")?);
    let mut findings = wasm_bindgen(&Versions::read(root)?.wasm_bindgen, &manifest, &lock);
    findings.extend(compiler(&manifest, &read("rust-toolchain.toml")?));
    findings.extend(npm_package(&manifest, &read("npm/package.json")?));
    Ok(findings)
}

/// The crate and its command write and read one private format that changes with every version.
fn wasm_bindgen(tool: &str, manifest: &str, lock: &str) -> Vec<Finding> {
    let mut findings = Vec::new();
    let in_manifest = toml_text(manifest, "dependencies", "wasm-bindgen").unwrap_or("not pinned");
    if in_manifest != format!("={tool}") {
        let text = format!("wasm-bindgen is `{in_manifest}`, and Trunk.toml wants `={tool}`");
        findings.push(Finding::new("Cargo.toml", 0, text));
    }
    let in_lock = locked(lock, "wasm-bindgen").unwrap_or("missing");
    if in_lock != tool {
        let text = format!("wasm-bindgen is `{in_lock}`, and Trunk.toml wants `{tool}`");
        findings.push(Finding::new("Cargo.lock", 0, text));
    }
    findings
}

/// What we promise to users is what we compile with.
fn compiler(manifest: &str, toolchain: &str) -> Option<Finding> {
    let promised = toml_text(manifest, "workspace.package", "rust-version").unwrap_or("missing");
    let used = toml_text(toolchain, "toolchain", "channel").unwrap_or("missing");
    let fits =
        used == promised || used.strip_prefix(promised).is_some_and(|rest| rest.starts_with('.'));
    (!fits).then(|| {
        let text = format!("channel is `{used}`, and Cargo.toml's rust-version is `{promised}`");
        Finding::new("rust-toolchain.toml", 0, text)
    })
}

/// The declarations are of the handle of this very version.
fn npm_package(manifest: &str, package: &str) -> Option<Finding> {
    let ours = toml_text(manifest, "workspace.package", "version").unwrap_or("missing");
    let package: serde_json::Value = serde_json::from_str(package).unwrap_or_default();
    let theirs = package.get("version").and_then(|it| it.as_str()).unwrap_or("missing");
    (ours != theirs).then(|| {
        let text = format!("version is `{theirs}`, and Cargo.toml's is `{ours}`");
        Finding::new("npm/package.json", 0, text)
    })
}

fn locked<'a>(lock: &'a str, package: &str) -> Option<&'a str> {
    let name = format!("name = \"{package}\"");
    let mut lines = lock.lines();
    lines.find(|line| *line == name)?;
    lines.next()?.strip_prefix("version = \"")?.strip_suffix('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drifting_wasm_bindgen_is_found_in_either_file() {
        let manifest = "[dependencies]\nwasm-bindgen = \"=0.2.130\"\n";
        let lock = "[[package]]\nname = \"wasm-bindgen-futures\"\nversion = \"9\"\n\n\
                    [[package]]\nname = \"wasm-bindgen\"\nversion = \"0.2.130\"\n";
        assert_eq!(wasm_bindgen("0.2.130", manifest, lock), []);
        assert_eq!(wasm_bindgen("0.2.131", manifest, lock).len(), 2);
        let loose = manifest.replace("\"=", "\"");
        assert_eq!(wasm_bindgen("0.2.130", &loose, lock).len(), 1);
        assert_eq!(wasm_bindgen("0.2.130", manifest, "").len(), 1);
    }

    #[test]
    fn the_npm_package_has_our_version() {
        let manifest = "[workspace.package]\nversion = \"1.2.3\"\n";
        assert_eq!(npm_package(manifest, r#"{ "version": "1.2.3" }"#), None);
        assert!(npm_package(manifest, r#"{ "version": "1.2.2" }"#).is_some());
        assert!(npm_package(manifest, "").is_some());
    }

    #[test]
    fn the_compiler_is_the_promised_one() {
        let manifest = "[workspace.package]\nrust-version = \"1.95\"\n";
        let toolchain = |channel| format!("[toolchain]\nchannel = \"{channel}\"\n");
        assert_eq!(compiler(manifest, &toolchain("1.95.0")), None);
        assert!(compiler(manifest, &toolchain("1.96.0")).is_some());
        assert!(compiler(manifest, &toolchain("1.950")).is_some());
    }
}
