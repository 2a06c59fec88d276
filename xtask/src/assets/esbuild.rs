//! The one place that knows how esbuild is called.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use crate::{
    process::{Run, command},
    tools::Tools,
};

pub(super) struct Esbuild {
    program: PathBuf,
}

impl Esbuild {
    pub(super) fn find() -> Result<Self> {
        Ok(Self { program: Tools::esbuild()? })
    }

    /// Minifies `input`, or the file among `arguments`, and returns the result.
    pub(super) fn minify<A: AsRef<OsStr>>(&self, arguments: &[A], input: &str) -> Result<String> {
        let output = command(&self.program)
            // Text stays as UTF-8; the server says so in its headers.
            .args(["--minify", "--charset=utf8", "--log-level=warning"])
            .args(arguments)
            .filter(input.as_bytes())?;
        String::from_utf8(output).context("esbuild wrote no text")
    }

    /// Puts the module in `entry` and all that it imports into one, which is a module, too.
    pub(super) fn module(&self, entry: &Path) -> Result<Vec<u8>> {
        let bundle = ["--bundle", "--format=esm", "--target=es2022"].map(OsStr::new);
        let arguments = [&[entry.as_os_str()], &bundle[..]].concat();
        self.minify(&arguments, "").map(String::into_bytes)
    }

    /// Puts the script in `entry` and all that it imports from `packages` into one, as a host's own
    /// build would.
    pub(super) fn bundle(&self, entry: &Path, packages: &Path) -> Result<Vec<u8>> {
        command(&self.program)
            .args(["--bundle", "--minify", "--charset=utf8", "--log-level=warning"])
            .args(["--format=iife", "--target=es2022"])
            .arg(entry)
            .env("NODE_PATH", packages)
            .filter(b"")
    }
}
