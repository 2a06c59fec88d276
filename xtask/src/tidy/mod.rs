//! Conventions that the compiler does not know, as checks: what is only written down rots.
//!
//! Every check looks at the sources as text and returns what it found; none changes a file.

mod contrast;
mod forbidden;
mod imports;
mod layout;
mod locales;
mod packages;
mod paths;
mod pinned;
mod style;
mod words;

use std::{fs, path::Path};

use anyhow::{Context, Result, bail};

use crate::stamp::files;

/// Folders and files at the root that are ours to keep tidy.
const OURS: [&str; 22] = [
    ".cargo",
    ".ci",
    "Cargo.toml",
    "README.md",
    "Trunk.toml",
    "api",
    "bench",
    "build.rs",
    "clippy.toml",
    "docs",
    "embed",
    "handrail.example.toml",
    "index.html",
    "locales",
    "npm",
    "rust-toolchain.toml",
    "server",
    "sla",
    "src",
    "style",
    "tests",
    "xtask",
];

/// A text file of the checkout; its path is relative to the root and written with `/`.
pub(crate) struct Source {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Source {
    /// Whether it stands below `folder`, or is the module file of that folder.
    fn is_in(&self, folder: &str) -> bool {
        match self.path.strip_prefix(folder) {
            Some(rest) => rest.starts_with('/') || rest == ".rs",
            None => false,
        }
    }

    fn is_rust(&self) -> bool {
        self.path.ends_with(".rs")
    }
}

/// Something to put right. Line 0 means the whole file.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Finding {
    path: String,
    line: usize,
    text: String,
}

impl Finding {
    fn new(path: &str, line: usize, text: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, text: text.into() }
    }
}

/// Runs every check; fails when there is anything to put right.
pub(crate) fn run(root: &Path) -> Result<()> {
    let sources = read(root)?;
    let mut findings = Vec::new();
    findings.extend(layout::check(&sources));
    findings.extend(imports::check(&sources));
    findings.extend(packages::check(&sources));
    findings.extend(forbidden::check(&sources));
    findings.extend(locales::check(&sources));
    findings.extend(words::check(&sources));
    findings.extend(style::check(&sources));
    findings.extend(contrast::check(&sources));
    findings.extend(pinned::check(root)?);
    findings.sort();
    for Finding { path, line, text } in &findings {
        match line {
            0 => eprintln!("{path}: {text}"),
            _ => eprintln!("{path}:{line}: {text}"),
        }
    }
    match findings.len() {
        0 => Ok(()),
        1 => bail!("there is 1 thing to tidy up"),
        many => bail!("there are {many} things to tidy up"),
    }
}

fn read(root: &Path) -> Result<Vec<Source>> {
    let mut sources = Vec::new();
    for name in OURS {
        for file in files(&root.join(name))? {
            let bytes =
                fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?;
            // Pictures and the like have no lines to check.
            if let Ok(text) = String::from_utf8(bytes) {
                let path = file.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
                sources.push(Source { path, text });
            }
        }
    }
    Ok(sources)
}

#[cfg(test)]
pub(crate) fn source(path: &str, text: &str) -> Source {
    Source { path: path.to_owned(), text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_module_file_belongs_to_its_folder() {
        assert!(source("src/ui/button.rs", "").is_in("src/ui"));
        assert!(source("src/ui.rs", "").is_in("src/ui"));
        assert!(!source("src/uid.rs", "").is_in("src/ui"));
    }
}
