//! Finds which modules and crates a Rust source names, well enough for rules about directions.
//!
//! It reads text, not syntax: macros can hide a path from it, and nothing here tries to stop that.

/// One mention of a module or crate, with its line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) name: String,
    pub(super) line: usize,
}

/// Modules at the crate's root that the file names by `crate::` or by enough `super::`.
/// `module` is the file's own path of modules, as `["ui", "button"]`.
pub(super) fn modules(text: &str, module: &[&str]) -> Vec<Mention> {
    let text = without_comments(text);
    let mut found = Vec::new();
    for (at, _) in text.match_indices("crate::") {
        if is_start(&text, at) {
            found.extend(first_names(&text, at + "crate::".len()));
        }
    }
    for (at, _) in text.match_indices("super::") {
        if is_start(&text, at) {
            let rest = text.get(at..).unwrap_or_default();
            let climbed = rest.as_bytes().chunks(7).take_while(|it| *it == b"super::").count();
            if climbed >= module.len() {
                found.extend(first_names(&text, at + climbed * "super::".len()));
            }
        }
    }
    found
}

/// Mentions of a crate's name at the start of a path.
pub(super) fn crates(text: &str, names: &[&str]) -> Vec<Mention> {
    let text = without_comments(text);
    let mut found = Vec::new();
    for name in names {
        for (at, _) in text.match_indices(&format!("{name}::")) {
            if is_start(&text, at) {
                found.push(Mention { name: (*name).to_owned(), line: line_of(&text, at) });
            }
        }
    }
    found
}

/// The modules of a file: `src/ui/button.rs` below `src` is `ui`, `button`.
pub(super) fn module_of<'a>(path: &'a str, root: &str) -> Vec<&'a str> {
    let inner = path.strip_prefix(root).unwrap_or(path).trim_start_matches('/');
    let inner = inner.strip_suffix(".rs").unwrap_or(inner);
    let mut parts: Vec<&str> = inner.split('/').collect();
    if matches!(parts.last(), Some(&"mod" | &"lib" | &"main")) {
        parts.pop();
    }
    parts
}

/// The name at `at`, or every first name of the group that begins there.
fn first_names(text: &str, at: usize) -> Vec<Mention> {
    let rest = text.get(at..).unwrap_or_default();
    if !rest.starts_with('{') {
        return named(text, at).into_iter().collect();
    }
    let mut found = Vec::new();
    let mut depth = 0;
    for (offset, sign) in rest.char_indices() {
        match sign {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            break;
        }
        if depth == 1 && matches!(sign, '{' | ',') {
            let blanks = rest.get(offset + 1..).map_or(0, |it| it.len() - it.trim_start().len());
            found.extend(named(text, at + offset + 1 + blanks));
        }
    }
    found
}

fn named(text: &str, at: usize) -> Option<Mention> {
    let name: String = text.get(at..)?.chars().take_while(|it| is_name(*it)).collect();
    (!name.is_empty()).then(|| Mention { name, line: line_of(text, at) })
}

/// Whether a path can begin here: `sla::` in `my_sla::` and in `handrail::sla::` does not.
fn is_start(text: &str, at: usize) -> bool {
    !text.get(..at).unwrap_or_default().ends_with(|it| is_name(it) || it == ':')
}

pub(super) fn is_name(sign: char) -> bool {
    sign.is_alphanumeric() || sign == '_'
}

fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().matches('\n').count() + 1
}

/// Blanks line comments out. An address in a string loses its end, which does no harm here.
pub(super) fn without_comments(text: &str) -> String {
    text.lines()
        .map(|line| line.split("//").next().unwrap_or_default())
        .collect::<Vec<_>>()
        .join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: Vec<Mention>) -> Vec<(String, usize)> {
        found.into_iter().map(|it| (it.name, it.line)).collect()
    }

    fn check(text: &str, module: &[&str], expected: &[(&str, usize)]) {
        let expected: Vec<_> =
            expected.iter().map(|(name, line)| ((*name).to_owned(), *line)).collect();
        assert_eq!(names(modules(text, module)), expected);
    }

    #[test]
    fn paths_from_the_root_are_found() {
        check(
            "use crate::state::Draft;\nlet x = crate::ui::Button;",
            &["a"],
            &[("state", 1), ("ui", 2)],
        );
        check(
            "use crate::{\n    i18n::Key,\n    ui::{Button, Field},\n};",
            &["a"],
            &[("i18n", 2), ("ui", 3)],
        );
        check(
            "// crate::host\n/// [crate::host]\nuse crate::ui::X; // crate::host",
            &["a"],
            &[("ui", 3)],
        );
    }

    #[test]
    fn climbing_to_the_root_is_a_path_from_the_root() {
        check("use super::field::Field;", &["ui", "button"], &[]);
        check("use super::super::state::Draft;", &["ui", "button"], &[("state", 1)]);
        check("use super::{host, ui};", &["ui"], &[("host", 1), ("ui", 1)]);
    }

    #[test]
    fn crates_are_found_at_the_start_of_a_path_only() {
        let found =
            crates("use sla::Clock;\nlet a = my_sla::x();\nlet b = crate::sla::x();", &["sla"]);
        assert_eq!(names(found), [("sla".to_owned(), 1)]);
    }

    #[test]
    fn files_know_their_modules() {
        assert_eq!(module_of("src/ui/button.rs", "src"), ["ui", "button"]);
        assert_eq!(module_of("src/ui/mod.rs", "src"), ["ui"]);
        assert_eq!(module_of("server/src/main.rs", "server/src"), Vec::<&str>::new());
    }
}
