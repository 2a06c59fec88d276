//! In which order texts come: first those that the form needs, which come with it, then those of the later part of the
//! Wasm, which come with that. Not a part of the widget: `build.rs` numbers the keys by it, and xtask's build puts the
//! texts in the same places.

use std::{collections::BTreeMap, fs, io, path::Path};

/// What comes with the later part (`src/features/later.rs`): paths below `src/` that begin so.
const LATER: [&str; 8] = [
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
    // The texts of the scripts before the widget travel with those.
    let own = texts.keys().map(String::as_str);
    let own = own.filter(|key| !key.starts_with("loader_") && !key.starts_with("plain_"));
    Ok(own.partition(|key| {
        let is_named = |before: &str, name: &str| {
            code.match_indices(name).any(|(at, _)| {
                let behind = code.get(at + name.len()..).and_then(|rest| rest.chars().next());
                code.get(..at).is_some_and(|it| it.ends_with(before))
                    && !behind.is_some_and(|sign| sign.is_ascii_alphanumeric() || sign == '_')
            })
        };
        is_named("Key::", &camel_case(key)) || is_named("texts.", key)
    }))
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

/// All that is written in a folder and those in it, but for what comes later.
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
