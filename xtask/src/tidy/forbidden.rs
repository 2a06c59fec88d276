//! Words that must not stand in some places, each with the reason.

use super::{Finding, Source};

struct Rule {
    /// The start of the paths it is about.
    place: &'static str,
    ending: &'static str,
    words: &'static [&'static str],
    reason: &'static str,
}

const STORAGE: &[&str] = &["localStorage", "sessionStorage", "indexedDB", "document.cookie"];

const RULES: [Rule; 7] = [
    Rule {
        place: "src/",
        ending: ".rs",
        words: &[" style=", "\tstyle=", "attr(\"style\""],
        reason: "a strict content security policy blocks style attributes; use a class, or style:name=",
    },
    Rule {
        place: "src/",
        ending: ".rs",
        words: &["inner_html", "outer_html", "insert_adjacent_html", "mount_to_body"],
        reason: "no HTML string reaches the DOM, and nothing is mounted outside our own element",
    },
    Rule {
        place: "embed/",
        ending: ".js",
        words: &["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval("],
        reason: "no HTML or code string reaches the host's page",
    },
    Rule {
        place: "embed/handrail.js",
        ending: "",
        words: STORAGE,
        reason: "the loader stores nothing before the user acts",
    },
    Rule {
        place: "embed/boot.js",
        ending: "",
        words: STORAGE,
        reason: "boot stores nothing; drafts are the forms' own",
    },
    Rule {
        place: "index.html",
        ending: "",
        words: &[" style=", " onclick=", " onload="],
        reason: "a strict content security policy blocks inline styles and handlers",
    },
    Rule {
        place: "sla/src/",
        ending: ".rs",
        words: &["Utc::now", "SystemTime", "Instant::now", "std::env", "std::fs"],
        reason: "the rules are pure: the time is given to them",
    },
];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for rule in &RULES {
        let applies =
            |it: &&Source| it.path.starts_with(rule.place) && it.path.ends_with(rule.ending);
        for source in sources.iter().filter(applies) {
            for (index, line) in source.text.lines().enumerate().filter(|(_, it)| !is_comment(it)) {
                for word in rule.words.iter().filter(|word| line.contains(*word)) {
                    let text = format!("`{}`: {}", word.trim(), rule.reason);
                    findings.push(Finding::new(&source.path, index + 1, text));
                }
            }
        }
    }
    findings
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("//") || line.starts_with("* ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source;

    fn count(path: &str, text: &str) -> usize {
        check(&[source(path, text)]).len()
    }

    #[test]
    fn style_attributes_are_found_and_style_properties_are_not() {
        assert_eq!(count("src/ui/meter.rs", "<div style=\"width:1px\">"), 1);
        assert_eq!(count("src/ui/meter.rs", "<div style=move || width()>"), 1);
        assert_eq!(count("src/ui/meter.rs", "<div style:width=width>"), 0);
    }

    #[test]
    fn html_strings_are_found_except_in_comments() {
        assert_eq!(count("src/features/thread.rs", "<p inner_html=text/>"), 1);
        assert_eq!(count("src/features/thread.rs", "    // never inner_html"), 0);
        assert_eq!(count("embed/handrail.js", "root.innerHTML = x"), 1);
    }

    #[test]
    fn the_rules_have_no_clock() {
        assert_eq!(count("sla/src/clock.rs", "let now = Utc::now();"), 1);
        assert_eq!(count("server/src/clock.rs", "let now = Utc::now();"), 0);
    }
}
