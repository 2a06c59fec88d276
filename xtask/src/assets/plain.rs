//! The plain form: one script a language, with style and texts inside, so that it depends on nothing
//! that may have failed.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use anyhow::{Context, Result};
use serde_json::{Map, Value};

use super::{esbuild::Esbuild, published::Published, style, texts::read_completed};

const STYLE: &str = "__STYLE__";
const TEXTS: &str = "__TEXTS__";
/// A text is used by this and its key.
const USE: &str = "texts.";

pub(super) fn publish(
    esbuild: &Esbuild,
    root: &Path,
    staging: &Path,
) -> Result<BTreeMap<String, Published>> {
    let source = root.join("embed/plain.js");
    let script =
        fs::read_to_string(&source).with_context(|| format!("cannot read {}", source.display()))?;
    let style = Value::from(style::bundle(esbuild, &root.join("style/plain.css"))?.trim());
    let script = script.replace(STYLE, &style.to_string());
    let mut published = BTreeMap::new();
    for (locale, entries) in read_completed(&root.join("locales"))? {
        let texts = Value::from(used_texts(&script, &entries).with_context(|| locale.clone())?);
        let filled = script.replace(TEXTS, &texts.to_string());
        let minified = esbuild
            .minify(&["--target=es2022", "--format=esm", "--loader=js"], &filled)
            .with_context(|| format!("{}", source.display()))?;
        let file =
            Published::write(staging, &format!("plain-{locale}-"), ".js", minified.as_bytes())?;
        published.insert(locale, file);
    }
    Ok(published)
}

/// The texts that the script names.
fn used_texts(script: &str, entries: &BTreeMap<String, String>) -> Result<Map<String, Value>> {
    keys(script)
        .into_iter()
        .map(|key| {
            let text = entries.get(key).with_context(|| format!("there is no text `{key}`"))?;
            Ok((key.to_owned(), text.as_str().into()))
        })
        .collect()
}

pub(crate) fn keys(script: &str) -> BTreeSet<&str> {
    let is_key = |sign: char| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_';
    let uses = script.split(USE).skip(1);
    uses.map(|rest| rest.split(|sign| !is_key(sign)).next().unwrap_or_default())
        .filter(|key| !key.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_gets_the_texts_that_it_names() {
        let entries = [("send", "Send"), ("severity_s0", "Down"), ("unused", "")]
            .map(|(key, text)| (key.to_owned(), text.to_owned()));
        let script = "[texts.severity_s0, texts.send, texts.send] // named `texts.…`";
        let texts = used_texts(script, &entries.into()).unwrap();
        assert_eq!(Value::from(texts).to_string(), r#"{"send":"Send","severity_s0":"Down"}"#);
        assert!(used_texts("texts.gone", &BTreeMap::new()).is_err());
    }
}
