//! The look of files: a first line that says why, a length that can be read, no trailing blanks.

use super::{Finding, Source};

/// Past this a file is looked at hard.
const LONG: usize = 400;

/// Files that may be longer, each with its reason.
const LONG_WITH_REASON: [(&str, &str); 0] = [];

/// Where every Rust file explains itself.
const EXPLAINED: [&str; 6] = ["src/", "sla/", "api/", "bench/", "server/", "xtask/"];

/// Files whose lines are counted.
const CODE: [&str; 3] = [".rs", ".js", ".css"];

/// Where blanks may mean something, or where a tool writes.
const NOT_OURS: [&str; 2] = [".snap", ".lock"];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for source in sources {
        findings.extend(header(source));
        findings.extend(length(source));
        findings.extend(trailing_blanks(source));
    }
    findings
}

fn header(source: &Source) -> Option<Finding> {
    let explained =
        source.is_rust() && EXPLAINED.iter().any(|folder| source.path.starts_with(folder));
    let first = source.text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    (explained && !first.starts_with("//!")).then(|| {
        Finding::new(
            &source.path,
            1,
            "begin with `//!`: why the module exists, what it must not do",
        )
    })
}

fn length(source: &Source) -> Option<Finding> {
    let counted = CODE.iter().any(|ending| source.path.ends_with(ending));
    let excused = LONG_WITH_REASON.iter().any(|(path, _)| *path == source.path);
    let lines = source.text.lines().count();
    (counted && !excused && lines > LONG).then(|| {
        Finding::new(
            &source.path,
            0,
            format!("{lines} lines, past {LONG}: split it, or list it with a reason"),
        )
    })
}

fn trailing_blanks(source: &Source) -> Vec<Finding> {
    if NOT_OURS.iter().any(|ending| source.path.ends_with(ending)) {
        return Vec::new();
    }
    let ends_blank = |line: &str| line.ends_with([' ', '\t', '\r']);
    source
        .text
        .split('\n')
        .enumerate()
        .filter(|(_, line)| ends_blank(line))
        .map(|(index, _)| Finding::new(&source.path, index + 1, "blanks at the end of the line"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source;

    fn count(path: &str, text: &str) -> usize {
        check(&[source(path, text)]).len()
    }

    #[test]
    fn rust_files_explain_themselves() {
        assert_eq!(count("sla/src/clock.rs", "//! Why.\n"), 0);
        assert_eq!(count("sla/src/clock.rs", "\n//! Why.\n"), 0);
        assert_eq!(count("sla/src/clock.rs", "use x;\n//! Why.\n"), 1);
        assert_eq!(count("sla/src/clock.rs", ""), 1);
        assert_eq!(count("tests/browser.rs", "use x;\n"), 0);
    }

    #[test]
    fn long_files_are_found() {
        let text = |lines: usize| format!("//! Why.\n{}", "x\n".repeat(lines - 1));
        assert_eq!(count("src/a.rs", &text(400)), 0);
        assert_eq!(count("src/a.rs", &text(401)), 1);
        assert_eq!(count("docs/a.md", &text(401)), 0);
    }

    #[test]
    fn blanks_at_line_ends_are_found() {
        assert_eq!(count("docs/a.md", "a \nb\t\nc\r\nd\n"), 3);
        assert_eq!(count("server/tests/a.snap", "a \n"), 0);
    }
}
