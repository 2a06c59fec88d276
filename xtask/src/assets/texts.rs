//! One file a language: its texts, as an array in the order of the sorted keys, and the style.
//!
//! Style and texts travel together, because each further name and hash costs 60 bytes in the loader
//! and a request in the browser. The widget knows its keys as numbers, so the names need not be sent. The few texts that
//! are shown before the Wasm is there, or without it, travel with the scripts that show them.

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::{Map, Value, json};

use super::published::Published;
use crate::progress::note;

/// Its keys are the widget's.
const ENGLISH: &str = "en";

/// Keys that begin so are for the loader and boot; `build.rs` leaves them out as well.
pub(crate) const LOADER_PREFIX: &str = "loader_";
/// And these for the plain form.
pub(crate) const PLAIN_PREFIX: &str = "plain_";
/// The one of them that the loader itself needs; the others are boot's.
const LAUNCHER: &str = "launcher";

#[derive(Default)]
pub(super) struct Texts {
    pub(super) locales: BTreeMap<String, Published>,
    /// What stands on the launcher, by language.
    pub(super) launchers: Map<String, Value>,
    /// What boot says, by language.
    pub(super) labels: Map<String, Value>,
}

/// Writes one file a language and collects the scripts' labels.
pub(super) fn publish(folder: &Path, style: &str, staging: &Path) -> Result<Texts> {
    let mut texts = Texts::default();
    for (locale, entries) in read_completed(folder)? {
        let file = serde_json::to_vec(&json!({"css": style, "texts": in_order(&entries)}))?;
        let published = Published::write(staging, &format!("locales/{locale}-"), ".json", &file)?;
        texts.locales.insert(locale.clone(), published);
        let mut labels = labels(&entries);
        let launcher = labels.remove(LAUNCHER);
        texts.launchers.insert(
            locale.clone(),
            launcher.with_context(|| format!("there is no `{LOADER_PREFIX}{LAUNCHER}`"))?,
        );
        texts.labels.insert(locale, labels.into());
    }
    Ok(texts)
}

/// The widget's own texts.
pub(crate) fn in_order(entries: &BTreeMap<String, String>) -> Vec<&String> {
    let elsewhere = [LOADER_PREFIX, PLAIN_PREFIX];
    let own =
        entries.iter().filter(|(key, _)| !elsewhere.iter().any(|prefix| key.starts_with(prefix)));
    own.map(|(_, text)| text).collect()
}

/// All languages, each complete.
pub(crate) fn read_completed(folder: &Path) -> Result<BTreeMap<String, BTreeMap<String, String>>> {
    let all = read_all(folder)?;
    let english = all.get(ENGLISH).context("there is no locales/en.json")?;
    let complete = |(locale, entries): (&String, &BTreeMap<String, String>)| {
        (locale.clone(), completed(locale, entries, english))
    };
    Ok(all.iter().map(complete).collect())
}

/// A language with English's keys and no others, so that every text is in the place that the Wasm knows. What is not
/// translated yet stands there in English.
fn completed(
    locale: &str,
    entries: &BTreeMap<String, String>,
    english: &BTreeMap<String, String>,
) -> BTreeMap<String, String> {
    let missing = english.keys().filter(|key| !entries.contains_key(*key)).count();
    if missing > 0 {
        note(&format!("locales/{locale}.json lacks {missing} texts, which stay English"));
    }
    let text =
        |(key, text): (&String, &String)| (key.clone(), entries.get(key).unwrap_or(text).clone());
    english.iter().map(text).collect()
}

fn labels(entries: &BTreeMap<String, String>) -> Map<String, Value> {
    let own = |(key, text): (&String, &String)| {
        key.strip_prefix(LOADER_PREFIX).map(|label| (label.to_owned(), text.as_str().into()))
    };
    entries.iter().filter_map(own).collect()
}

/// All languages in the folder by the stem of their file's name.
fn read_all(folder: &Path) -> Result<BTreeMap<String, BTreeMap<String, String>>> {
    let mut all = BTreeMap::new();
    let entries =
        fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    for entry in entries {
        let file = entry?.path();
        if file.extension().is_some_and(|it| it == "json")
            && let Some(stem) = file.file_stem()
        {
            let text = fs::read_to_string(&file)?;
            let entries = parse(&text).with_context(|| format!("{}", file.display()))?;
            all.insert(stem.to_string_lossy().into_owned(), entries);
        }
    }
    Ok(all)
}

/// A flat object of strings; its keys come out sorted.
fn parse(text: &str) -> Result<BTreeMap<String, String>> {
    let value: Value = serde_json::from_str(text)?;
    let Value::Object(object) = value else { bail!("a language is one object") };
    let mut entries = BTreeMap::new();
    for (key, value) in object {
        let Value::String(text) = value else { bail!("`{key}` is no string") };
        entries.insert(key, text);
    }
    Ok(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_come_in_the_order_of_their_sorted_keys() {
        let entries = parse(
            r#"{"send": "Send", "close": "Close", "loader_launcher": "Support", "plain_a": ""}"#,
        )
        .unwrap();
        assert_eq!(in_order(&entries), ["Close", "Send"]);
        assert_eq!(Value::from(labels(&entries)).to_string(), r#"{"launcher":"Support"}"#);
    }

    #[test]
    fn what_is_not_translated_stays_english_and_in_its_place() {
        let english = parse(r#"{"a": "A", "b": "B"}"#).unwrap();
        let german = parse(r#"{"b": "Be", "c": "surplus"}"#).unwrap();
        let texts = completed("de", &german, &english);
        assert_eq!(texts.values().collect::<Vec<_>>(), ["A", "Be"]);
    }

    #[test]
    fn a_language_is_a_flat_object() {
        assert!(parse(r#"{"a": {"b": "c"}}"#).unwrap_err().to_string().contains("`a`"));
        assert!(parse("[]").is_err());
    }
}
