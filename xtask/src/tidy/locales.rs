//! The texts: every language has English's keys and what each text needs (the same values, the plural forms of the
//! language), and no key is kept that nothing shows.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::{Finding, Source, paths::without_comments};
use crate::assets::{
    keys_of_plain,
    order::{LAUNCHER, PLAIN_PREFIX, WIDGETS, camel_case, names_behind},
};

const ENGLISH: &str = "locales/en.json";

/// The categories of `Intl.PluralRules`.
const CATEGORIES: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];

/// The forms that a language needs. French and Spanish have `many` from a million on, which nothing here counts to.
fn forms_of(language: &str) -> Option<&'static [&'static str]> {
    match language {
        "de" | "en" | "es" | "fr" => Some(&["one", "other"]),
        "ja" => Some(&["other"]),
        "ar" => Some(&CATEGORIES),
        _ => None,
    }
}

type Texts = BTreeMap<String, String>;

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let Some(english) = sources.iter().find(|it| it.path == ENGLISH) else {
        return vec![Finding::new(ENGLISH, 0, "is missing")];
    };
    let english = match parse(&english.text) {
        Ok(texts) => texts,
        Err(error) => return vec![Finding::new(ENGLISH, 0, error)],
    };
    let mut findings = Vec::new();
    for source in sources {
        let Some(language) =
            source.path.strip_prefix("locales/").and_then(|name| name.strip_suffix(".json"))
        else {
            continue;
        };
        let found = match parse(&source.text) {
            Ok(texts) => differences(&english, &texts, language),
            Err(error) => vec![error],
        };
        findings.extend(found.into_iter().map(|text| Finding::new(&source.path, 0, text)));
    }
    findings.extend(unused(sources, &english));
    findings
}

fn parse(text: &str) -> Result<Texts, String> {
    match serde_json::from_str(text) {
        Ok(Value::Object(object)) => object
            .into_iter()
            .map(|(key, text)| match text {
                Value::String(text) => Ok((key, text)),
                _ => Err(format!("`{key}` must be a string")),
            })
            .collect(),
        Ok(_) => Err("must be one object".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn differences(english: &Texts, texts: &Texts, language: &str) -> Vec<String> {
    let Some(forms) = forms_of(language) else {
        return vec![format!("say in xtask which plural forms `{language}` needs")];
    };
    let mut found = Vec::new();
    for (key, wanted) in english {
        match texts.get(key) {
            None => found.push(format!("`{key}` is missing")),
            Some(text) => {
                if values(text) != values(wanted) {
                    let (have, need) = (values(text), values(wanted));
                    found.push(format!("`{key}` names {have:?}, and English names {need:?}"));
                }
                found.extend(
                    wrong_forms(text, wanted, forms).map(|wrong| format!("`{key}` {wrong}")),
                );
            }
        }
    }
    let surplus = texts.keys().filter(|key| !english.contains_key(*key));
    found.extend(surplus.map(|key| format!("`{key}` is not a key of {ENGLISH}")));
    found
}

/// The names in braces, without those of plural forms.
fn values(text: &str) -> BTreeSet<&str> {
    let names = text.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    names.filter(|name| !CATEGORIES.contains(name)).collect()
}

/// The category that each form of a text begins with; nothing for a text that has one form.
fn categories(text: &str) -> Vec<&str> {
    let category =
        |form: &str| CATEGORIES.into_iter().find(|name| form.starts_with(&format!("{{{name}}}")));
    text.split('|').filter_map(category).collect()
}

fn wrong_forms(text: &str, english: &str, needed: &[&str]) -> Option<String> {
    let found = categories(text);
    if categories(english).is_empty() {
        return (!found.is_empty()).then(|| "has plural forms, and English has none".to_owned());
    }
    if let Some(missing) = needed.iter().find(|form| !found.contains(form)) {
        return Some(format!("lacks the plural form `{missing}`"));
    }
    if let Some(surplus) = found.iter().find(|form| !needed.contains(form)) {
        return Some(format!("has a plural form `{surplus}` that the language does not know"));
    }
    // It stands in for whatever has no form of its own.
    (found.last() != Some(&"other") || found.len() != text.split('|').count())
        .then(|| "must be forms divided by `|`, of which `other` is the last".to_owned())
}

fn unused(sources: &[Source], english: &Texts) -> Vec<Finding> {
    let (mut used, mut plain) = (BTreeSet::new(), BTreeSet::new());
    for source in sources {
        if source.is_rust() && source.path.starts_with("src/") {
            let code = without_comments(&source.text);
            used.extend(names_behind(&code, WIDGETS).into_iter().map(str::to_owned));
        } else if source.path.starts_with("embed/") {
            let code = without_comments(&source.text);
            plain.extend(keys_of_plain(&code).into_iter().map(str::to_owned));
        }
    }
    // What stands on the launcher comes to the loader without its name. The widget does not know the plain form's.
    let is_used = |key: &&String| {
        let is_widgets = || !key.starts_with(PLAIN_PREFIX) && used.contains(&camel_case(key));
        *key == LAUNCHER || plain.contains(*key) || is_widgets()
    };
    english
        .keys()
        .filter(|key| !is_used(key))
        .map(|key| Finding::new(ENGLISH, 0, format!("`{key}` is shown nowhere")))
        .collect()
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
            source("embed/plain.js", "button.textContent = texts.plain_note"),
        ];
        check(&sources).into_iter().map(|it| it.text).collect()
    }

    fn wrong(english: &str, text: &str, language: &str) -> Vec<String> {
        let one = |text: &str| Texts::from([("key".to_owned(), text.to_owned())]);
        differences(&one(english), &one(text), language)
    }

    #[test]
    fn languages_with_the_same_used_keys_pass() {
        let text = r#"{"list_empty": "", "launcher": "", "plain_note": ""}"#;
        assert_eq!(texts(text, text), Vec::<String>::new());
    }

    #[test]
    fn surplus_keys_are_found() {
        let found = texts(r#"{"list_empty": ""}"#, r#"{"list_empty": "", "plain_note": ""}"#);
        assert_eq!(found, ["`plain_note` is not a key of locales/en.json"]);
    }

    #[test]
    fn keys_that_nothing_shows_are_found() {
        let text = r#"{"commented": "", "plain_gone": ""}"#;
        assert_eq!(
            texts(text, text),
            ["`commented` is shown nowhere", "`plain_gone` is shown nowhere"]
        );
    }

    #[test]
    fn other_values_than_englishs_are_found() {
        assert_eq!(wrong("in {time}", "in {time}", "de"), Vec::<String>::new());
        assert_eq!(
            wrong("in {time}", "in {zeit}", "de"),
            [r#"`key` names {"zeit"}, and English names {"time"}"#]
        );
    }

    #[test]
    fn every_language_has_its_own_plural_forms() {
        let english = "{one}one reply|{other}{n} replies";
        assert_eq!(wrong(english, "{other}{n} 件", "ja"), Vec::<String>::new());
        assert_eq!(wrong(english, "{other}{n} ردود", "ar"), ["`key` lacks the plural form `zero`"]);
        assert_eq!(wrong(english, "{n} Antworten", "de"), ["`key` lacks the plural form `one`"]);
        assert_eq!(wrong(english, "{other}{n}|{one}{n}", "de").len(), 1);
        assert_eq!(wrong(english, "{one}{n}|{few}{n}|{other}{n}", "de").len(), 1);
        assert_eq!(wrong("{n} replies", "{one}{n}|{other}{n}", "de").len(), 1);
        assert_eq!(wrong(english, english, "tlh").len(), 1);
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
