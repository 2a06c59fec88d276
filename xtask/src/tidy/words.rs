//! No text for people stands in code: what somebody reads or hears comes from `locales/`, or it could not be translated.

use super::{Finding, Source};

/// What a text for people is handed to, in the widget and in the scripts.
const IN_RUST: [&str; 14] = [
    ".text(",
    "main_button(",
    "quiet_button(",
    "icon_button(",
    "submit_button(",
    "skeleton(",
    "announcement.set(",
    "attr(\"aria-label\",",
    "attr(\"aria-description\",",
    "attr(\"aria-roledescription\",",
    "attr(\"aria-valuetext\",",
    "attr(\"title\",",
    "attr(\"placeholder\",",
    "attr(\"alt\",",
];
const IN_SCRIPTS: [&str; 12] = [
    "textContent =",
    "textContent:",
    "innerText =",
    "innerText:",
    "ariaLabel =",
    "ariaLabel:",
    "title =",
    "title:",
    "placeholder =",
    "placeholder:",
    "alt =",
    "alt:",
];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        // The client reads names of the wire by methods that are called alike.
        let shows = ["src/features", "src/host", "src/ui"].iter().any(|it| source.is_in(it));
        let takers: &[&str] = if source.is_rust() && shows {
            &IN_RUST
        } else if source.path.starts_with("embed/") {
            &IN_SCRIPTS
        } else {
            continue;
        };
        let code = source.text.split("#[cfg(test)]").next().unwrap_or_default();
        for taker in takers {
            for (at, _) in code.match_indices(taker) {
                let Some(words) = code.get(at + taker.len()..).and_then(literal) else { continue };
                if words.chars().any(char::is_alphabetic) {
                    let line = code.get(..at).unwrap_or_default().matches('\n').count() + 1;
                    let text =
                        format!("{words:?} stands in code; give it a key in locales/en.json");
                    findings.push(Finding::new(&source.path, line, text));
                }
            }
        }
    }
    findings
}

/// The string that the rest of the code begins with, without what a template puts in.
fn literal(rest: &str) -> Option<String> {
    let rest = rest.trim_start().trim_start_matches(['&', '[']).trim_start();
    let quote = rest.chars().next().filter(|sign| matches!(sign, '"' | '\'' | '`'))?;
    let inside = rest.get(1..)?.split(quote).next()?;
    Some(without_values(inside))
}

fn without_values(text: &str) -> String {
    let mut parts = text.split("${");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('}').map_or("", |(_, behind)| behind))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source;

    fn count(path: &str, text: &str) -> usize {
        check(&[source(path, text)]).len()
    }

    #[test]
    fn words_in_the_widget_are_found_and_signs_are_not() {
        assert_eq!(count("src/features/a.rs", "el(\"p\", \"hr-x\").text(\"Send\")"), 1);
        assert_eq!(count("src/features/a.rs", ".text(\n        \"Send\",\n)"), 1);
        assert_eq!(count("src/features/a.rs", ".attr(\"aria-label\", \"Close\")"), 1);
        assert_eq!(count("src/features/a.rs", ".text(&[\"#\", &id].concat())"), 0);
        assert_eq!(count("src/features/a.rs", ".text(session.text(Key::Send))"), 0);
        assert_eq!(count("src/features/a.rs", "#[cfg(test)]\n.text(\"Send\")"), 0);
    }

    #[test]
    fn words_in_the_scripts_are_found_and_values_are_not() {
        assert_eq!(count("embed/a.js", "{ textContent: \"Close\" }"), 1);
        assert_eq!(count("embed/a.js", "{ textContent: labels.close }"), 0);
        assert_eq!(count("embed/a.js", "link.title = `${size} · ${name}`"), 0);
    }
}
