//! The texts: every language has English's keys, and no key is kept that nothing shows.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{
    Finding, Source,
    paths::{is_name, without_comments},
};
use crate::assets::LOADER_PREFIX;

const ENGLISH: &str = "locales/en.json";
const LOADER: &str = "embed/handrail.js";

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let Some(english) = sources.iter().find(|it| it.path == ENGLISH) else {
        return vec![Finding::new(ENGLISH, 0, "is missing")];
    };
    let mut findings = Vec::new();
    let wanted = match keys(&english.text) {
        Ok(keys) => keys,
        Err(error) => return vec![Finding::new(ENGLISH, 0, error)],
    };
    for language in
        sources.iter().filter(|it| it.path.starts_with("locales/") && it.path.ends_with(".json"))
    {
        match keys(&language.text) {
            Ok(found) => findings.extend(differences(&language.path, &wanted, &found)),
            Err(error) => findings.push(Finding::new(&language.path, 0, error)),
        }
    }
    findings.extend(unused(sources, &wanted));
    findings
}

fn keys(text: &str) -> Result<BTreeSet<String>, String> {
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => Ok(object.into_iter().map(|(key, _)| key).collect()),
        Ok(_) => Err("must be one object".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn differences(path: &str, wanted: &BTreeSet<String>, found: &BTreeSet<String>) -> Vec<Finding> {
    let missing = wanted.difference(found).map(|key| format!("`{key}` is missing"));
    let extra = found.difference(wanted).map(|key| format!("`{key}` is not a key of {ENGLISH}"));
    missing.chain(extra).map(|text| Finding::new(path, 0, text)).collect()
}

fn unused(sources: &[Source], keys: &BTreeSet<String>) -> Vec<Finding> {
    let mut used = BTreeSet::new();
    for source in sources.iter().filter(|it| it.is_rust() && it.path.starts_with("src/")) {
        used.extend(names_behind(&without_comments(&source.text), "Key::"));
    }
    let loader = sources.iter().find(|it| it.path == LOADER).map_or("", |it| it.text.as_str());
    let labels = names_behind(&without_comments(loader), ".");
    let is_used = |key: &&String| match key.strip_prefix(LOADER_PREFIX) {
        Some(label) => labels.contains(label),
        None => used.contains(&camel_case(key)),
    };
    keys.iter()
        .filter(|key| !is_used(key))
        .map(|key| Finding::new(ENGLISH, 0, format!("`{key}` is shown nowhere")))
        .collect()
}

/// Every name that follows `before` directly.
fn names_behind(text: &str, before: &str) -> BTreeSet<String> {
    text.match_indices(before)
        .map(|(at, _)| text.get(at + before.len()..).unwrap_or_default())
        .map(|rest| rest.chars().take_while(|it| is_name(*it)).collect())
        .collect()
}

/// `list_empty` is `Key::ListEmpty` in the widget.
fn camel_case(key: &str) -> String {
    let capital = |word: &str| {
        let mut signs = word.chars();
        signs
            .next()
            .map(|first| first.to_uppercase().chain(signs).collect::<String>())
            .unwrap_or_default()
    };
    key.split('_').map(capital).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source;

    fn texts(english: &str, german: &str) -> Vec<String> {
        let sources = [
            source(ENGLISH, english),
            source("locales/de.json", german),
            source("src/features/list.rs", "text(Key::ListEmpty) // Key::Commented"),
            source(LOADER, "button.textContent = labels.launcher"),
        ];
        check(&sources).into_iter().map(|it| it.text).collect()
    }

    #[test]
    fn languages_with_the_same_used_keys_pass() {
        let text = r#"{"list_empty": "", "loader_launcher": ""}"#;
        assert_eq!(texts(text, text), Vec::<String>::new());
    }

    #[test]
    fn missing_and_surplus_keys_are_found() {
        let found = texts(r#"{"list_empty": ""}"#, r#"{"loader_launcher": ""}"#);
        assert_eq!(
            found,
            ["`list_empty` is missing", "`loader_launcher` is not a key of locales/en.json"]
        );
    }

    #[test]
    fn keys_that_nothing_shows_are_found() {
        let text = r#"{"commented": "", "loader_gone": ""}"#;
        assert_eq!(
            texts(text, text),
            ["`commented` is shown nowhere", "`loader_gone` is shown nowhere"]
        );
    }

    #[test]
    fn broken_files_are_findings() {
        assert_eq!(texts("[]", "{}"), ["must be one object"]);
    }

    #[test]
    fn keys_become_variants() {
        assert_eq!(camel_case("list_empty"), "ListEmpty");
        assert_eq!(camel_case("s0_meaning"), "S0Meaning");
    }
}
