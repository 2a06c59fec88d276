//! The directions between packages: `sla <- api <- {widget, server}`.
//!
//! Cargo refuses circles only; a direct dependency the wrong way round it would take.

use super::{Finding, Source};

/// A manifest, and the packages of ours that it must not name.
const RULES: [(&str, &[&str]); 4] = [
    (
        "sla/Cargo.toml",
        &["api", "handrail", "handrail-api", "handrail-bench", "handrail-server", "xtask"],
    ),
    ("api/Cargo.toml", &["handrail", "handrail-bench", "handrail-server", "xtask"]),
    ("server/Cargo.toml", &["handrail", "handrail-bench", "xtask"]),
    ("Cargo.toml", &["handrail-bench", "handrail-server", "xtask"]),
];

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for (path, forbidden) in RULES {
        for source in sources.iter().filter(|it| it.path == path) {
            findings.extend(
                dependencies(&source.text).filter(|(_, name)| forbidden.contains(name)).map(
                    |(line, name)| Finding::new(path, line, format!("must not depend on `{name}`")),
                ),
            );
        }
    }
    findings
}

/// Names under any `[…dependencies]` but the workspace's list, with their lines.
fn dependencies(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut counts = false;
    text.lines().enumerate().filter_map(move |(index, line)| {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.trim_end().trim_end_matches(']');
            counts = section.ends_with("dependencies") && !section.starts_with("workspace");
            return None;
        }
        let end = line.find(['.', '=', ' ']).unwrap_or(line.len());
        let name = line.get(..end)?;
        (counts && !name.is_empty() && !name.starts_with('#')).then_some((index + 1, name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tidy::source;

    #[test]
    fn a_dependency_the_wrong_way_round_is_found() {
        let text = "[workspace.dependencies]\nhandrail-server = \"1\"\n[dependencies]\nsla.workspace = true\n\n\
                    [dev-dependencies]\nhandrail-server = { path = \"server\" }\n";
        let findings = check(&[source("Cargo.toml", text)]);
        assert_eq!(
            findings,
            [Finding::new("Cargo.toml", 7, "must not depend on `handrail-server`")]
        );
        assert_eq!(
            check(&[source("api/Cargo.toml", "[dependencies]\nsla.workspace = true\n")]),
            []
        );
        assert_eq!(
            check(&[source("sla/Cargo.toml", "[dependencies]\napi.workspace = true\n")]).len(),
            1
        );
    }
}
