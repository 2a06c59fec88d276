//! What it takes to draw the same picture every time: letters of our choice, and a clock that stands still.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use super::{apt, given_or};

/// Files of Debian's packages by which one sees that they are there: Latin, Arabic, Japanese, and letters of one width.
const FONTS: [(&str, &str); 3] = [
    ("/usr/share/fonts/truetype/noto/NotoSansArabic-Regular.ttf", "fonts-noto-core"),
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", "fonts-noto-cjk"),
    ("/usr/share/fonts/truetype/noto/NotoSansMono-Regular.ttf", "fonts-noto-mono"),
];

pub(crate) struct Pictures {
    faketime: PathBuf,
    fonts: PathBuf,
}

impl Pictures {
    pub(crate) fn ensure(root: &Path) -> Result<Self> {
        for (file, package) in FONTS {
            if !Path::new(file).exists() {
                apt::install(&[package], "fonts, for pictures of the widget")?;
            }
        }
        let faketime = given_or("HANDRAIL_FAKETIME", || {
            if let Some(found) = find_faketime() {
                return Ok(found);
            }
            apt::install(
                &["libfaketime"],
                "a clock that stands still, for pictures of the widget",
            )?;
            find_faketime().context("libfaketime brought no libfaketime.so.1")
        })?;
        Ok(Self { faketime, fonts: root.join("tests/shots/fonts.conf") })
    }

    pub(crate) fn name_in(&self, tests: &mut Command) {
        tests.env("HANDRAIL_FAKETIME", &self.faketime).env("FONTCONFIG_FILE", &self.fonts);
    }
}

/// Debian has a folder of libraries for each kind of machine.
fn find_faketime() -> Option<PathBuf> {
    let kinds = fs::read_dir("/usr/lib").ok()?;
    kinds
        .flatten()
        .map(|kind| kind.path().join("faketime/libfaketime.so.1"))
        .find(|library| library.exists())
}
