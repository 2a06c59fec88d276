//! The texts of all languages: those of the form, those of the later part of the Wasm, and the word that
//! stands on the launcher.
//!
//! The widget knows its keys as numbers, so the names need not be sent (`src/i18n/order.rs`).

use std::{collections::BTreeMap, fs, path::Path};

use anyhow::{Context, Result, bail};
use serde_json::{Value, json};

use super::published::Published;
use crate::progress::note;

#[path = "../../../src/i18n/order.rs"]
pub(crate) mod order;
use order::{LAUNCHER, PLAIN_PREFIX};

/// Its keys are the widget's.
const ENGLISH: &str = "en";

/// Keys and texts, each in its place.
pub(crate) struct Ordered<'a> {
    /// Of the form; those that only the plain form says stand behind the widget's.
    pub(crate) form: Vec<(&'a str, &'a str)>,
    pub(crate) later: Vec<(&'a str, &'a str)>,
}

/// All languages, each complete, and in which order their texts come.
pub(crate) struct Locales {
    texts: BTreeMap<String, BTreeMap<String, String>>,
    form: Vec<String>,
    later: Vec<String>,
}

impl Locales {
    /// Of the repository in this folder.
    pub(crate) fn read(root: &Path) -> Result<Self> {
        Self::of(root, read_all(&root.join("locales"))?)
    }

    fn of(root: &Path, all: BTreeMap<String, BTreeMap<String, String>>) -> Result<Self> {
        let english = all.get(ENGLISH).context("there is no locales/en.json")?;
        let complete = |(locale, entries): (&String, &BTreeMap<String, String>)| {
            (locale.clone(), completed(locale, entries, english))
        };
        let texts = all.iter().map(complete).collect();
        let (form, later) = order::keys(english, root).context("the sources cannot be read")?;
        let plain = english.keys().map(String::as_str).filter(|key| key.starts_with(PLAIN_PREFIX));
        let form = form.into_iter().chain(plain).map(str::to_owned).collect();
        let later = later.into_iter().map(str::to_owned).collect();
        Ok(Self { texts, form, later })
    }

    /// The languages by name.
    pub(crate) fn in_order<'a>(&'a self) -> impl Iterator<Item = (&'a str, Ordered<'a>)> {
        self.texts.iter().map(|(locale, entries)| {
            let with_texts = |keys: &'a [String]| {
                let texts = keys.iter().filter_map(|key| entries.get_key_value(key));
                texts.map(|(key, text)| (key.as_str(), text.as_str())).collect()
            };
            let (form, later) = (with_texts(&self.form), with_texts(&self.later));
            (locale.as_str(), Ordered { form, later })
        })
    }

    /// What stands on the launcher, by language.
    pub(super) fn launchers(&self) -> Result<BTreeMap<&str, &str>> {
        let mut words = BTreeMap::new();
        for (locale, entries) in &self.texts {
            let word =
                entries.get(LAUNCHER).with_context(|| format!("there is no `{LAUNCHER}`"))?;
            words.insert(locale.as_str(), word.as_str());
        }
        Ok(words)
    }

    /// Writes one file a language: style and texts of the later part. They travel together, because each further
    /// name and hash costs boot 60 bytes and the browser a request.
    pub(super) fn publish_later(
        &self,
        style: &str,
        staging: &Path,
    ) -> Result<BTreeMap<String, Published>> {
        let mut published = BTreeMap::new();
        for (locale, texts) in self.in_order() {
            let file = serde_json::to_vec(&json!({"css": style, "texts": words(&texts.later)}))?;
            let file = Published::write(staging, &format!("later-{locale}-"), ".json", &file)?;
            published.insert(locale.to_owned(), file);
        }
        Ok(published)
    }
}

/// The texts without their keys.
pub(crate) fn words(texts: &[(&str, &str)]) -> Value {
    texts.iter().map(|(_, text)| *text).collect()
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
    fn texts_come_in_the_order_of_the_widgets_keys() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let entries = parse(
            r#"{"send": "Send", "reply_label": "Your reply", "close": "Close", "launcher": "Support",
                "plain_note": ""}"#,
        )
        .unwrap();
        let locales = Locales::of(&root, [(ENGLISH.to_owned(), entries)].into()).unwrap();
        let (_, texts) = locales.in_order().next().unwrap();
        assert_eq!(texts.form, [("close", "Close"), ("send", "Send"), ("plain_note", "")]);
        assert_eq!(words(&texts.later), Value::from(vec!["Your reply"]));
        assert_eq!(locales.launchers().unwrap(), [("en", "Support")].into());
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
