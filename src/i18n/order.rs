//! In which order texts come: first those that the form needs, which come with it, then those of the later part of the
//! Wasm, which come with that. Not a part of the widget: `build.rs` numbers the keys by it, and xtask's build puts the
//! texts in the same places.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs, io,
    path::Path,
};

/// The one key whose text is for the loader.
pub(crate) const LAUNCHER: &str = "launcher";
/// Keys that begin so are for the plain form alone.
pub(crate) const PLAIN_PREFIX: &str = "plain_";

/// What names a text in the widget, and in the plain form; the key follows.
pub(crate) const WIDGETS: &str = "Key::";
pub(crate) const PLAINS: &str = "texts.";

/// What the form does without: what comes with the later part (`src/features/later.rs`), and the page of components.
/// Paths below `src/` that begin so.
const LATER: [&str; 9] = [
    "components",
    "features/addresses",
    "features/attachments",
    "features/new_request/context",
    "features/new_request/examples",
    "features/new_request/hint",
    "features/new_request/rest",
    "features/requests",
    "features/thread",
];

/// The keys of the widget, sorted: those of the form, and those of the later part alone. `root` is the folder
/// of the repository.
///
/// # Errors
/// When the sources cannot be read.
pub(crate) fn keys<'a>(
    texts: &'a BTreeMap<String, String>,
    root: &Path,
) -> io::Result<(Vec<&'a str>, Vec<&'a str>)> {
    let mut code = String::new();
    read_all(&root.join("embed/plain"), "", &mut code)?;
    read_all(&root.join("src"), "", &mut code)?;
    let (widgets, plains) = (names_behind(&code, WIDGETS), names_behind(&code, PLAINS));
    let own = texts.keys().map(String::as_str);
    let own = own.filter(|key| *key != LAUNCHER && !key.starts_with(PLAIN_PREFIX));
    Ok(own.partition(|key| widgets.contains(&*camel_case(key)) || plains.contains(key)))
}

/// `list_empty` is `Key::ListEmpty`.
#[must_use]
pub(crate) fn camel_case(key: &str) -> String {
    key.split('_')
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().map(|first| first.to_uppercase().chain(letters)).into_iter().flatten()
        })
        .collect()
}

/// Every name that follows `before` directly.
#[must_use]
pub(crate) fn names_behind<'a>(text: &'a str, before: &str) -> BTreeSet<&'a str> {
    text.split(before).skip(1).map(leading_name).filter(|name| !name.is_empty()).collect()
}

/// The name with which a text begins, or nothing.
#[must_use]
pub(crate) fn leading_name(text: &str) -> &str {
    text.split(|sign: char| !sign.is_alphanumeric() && sign != '_').next().unwrap_or_default()
}

/// All that is written in a folder and those in it, but for what the form does without.
fn read_all(folder: &Path, within: &str, code: &mut String) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let place = [within, &*entry.file_name().to_string_lossy()].concat();
        if LATER.iter().any(|later| place.starts_with(later)) {
            continue;
        }
        if entry.file_type()?.is_dir() {
            read_all(&entry.path(), &[&*place, "/"].concat(), code)?;
        } else if place.ends_with(".rs") || place.ends_with(".js") {
            code.push_str(&fs::read_to_string(entry.path())?);
        }
    }
    Ok(())
}
