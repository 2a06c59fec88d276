//! Linking with what the widget uses as the only root.
//!
//! The compiler has the linker export everything that wasm-bindgen's macros wrote, of every crate below
//! us: descriptions of thousands of imports, and whole classes of theirs. All of it goes again when the
//! Wasm is bound; but the functions to which it pointed stay in the table, and nothing after the linker
//! can tell a place in the table from a number. So xtask stands in for the linker and asks it for less.

use std::{
    collections::HashSet,
    env,
    ffi::{OsStr, OsString},
    fs,
    path::PathBuf,
    process::Command,
};

use anyhow::{Context, Result, ensure};

use super::module::{IMPORTS, Input, read};
use crate::process::{Run, command};

/// Names the real linker, and tells xtask to stand in for it.
const LINKER: &str = "HANDRAIL_LINKER";
/// By which cargo is told of a linker for the Wasm.
const CARGOS: &str = "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER";
const EXPORT: &str = "--export";
/// A function that tells wasm-bindgen the types of another, whose name follows.
const DESCRIBES: &str = "__wbindgen_describe_";
/// A function of ours that is always there: what its name ends with, all of ours end with.
const OURS: &str = "mount_";
/// Signs of such an ending: a line and sixteen digits.
const ENDING: usize = 17;

/// Has a build link by this program. `folder` is where the compiler has its libraries.
pub(crate) fn stand_in(build: &mut Command, folder: &str) -> Result<()> {
    let linker = PathBuf::from(folder).join("../bin/rust-lld");
    ensure!(linker.exists(), "the compiler has no linker at {}", linker.display());
    build.env(LINKER, linker).env(CARGOS, env::current_exe()?);
    Ok(())
}

/// The real linker, where this program was started in its place; Trunk's hook inherits the variable, too.
pub(crate) fn linker(arguments: &[String]) -> Option<OsString> {
    env::var_os(LINKER).filter(|_| arguments.first().is_some_and(|it| it == "-flavor"))
}

/// Links twice: without the descriptions of imports, to see which imports there are, then with theirs.
pub(crate) fn link(linker: &OsStr, arguments: &[String]) -> Result<()> {
    // Long command lines come in a file.
    let arguments = unfolded(arguments)?;
    let Some(ending) = ending_of_ours(&arguments) else {
        return command(linker).args(&arguments).run();
    };
    let output = arguments.iter().position(|it| it == "-o").and_then(|at| arguments.get(at + 1));
    let output = output.context("the linker was not told where to write")?;
    let kept = |imports: &HashSet<String>| {
        with_exports(&arguments, |name| match name.strip_prefix(DESCRIBES) {
            Some(described) if described.starts_with("__wbg_") => imports.contains(described),
            _ => crate_ending(name).is_none_or(|it| it == ending),
        })
    };
    command(linker).args(kept(&HashSet::new())).run()?;
    let imports = imports(&fs::read(output)?)?;
    command(linker).args(kept(&imports)).run()
}

/// The arguments with those in a file, one a line, in the place of its name.
fn unfolded(arguments: &[String]) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for argument in arguments {
        match argument.strip_prefix('@') {
            Some(file) => {
                let text =
                    fs::read_to_string(file).with_context(|| format!("cannot read {file}"))?;
                all.extend(text.lines().map(|line| line.trim_matches('"').replace("\\\\", "\\")));
            }
            None => all.push(argument.clone()),
        }
    }
    Ok(all)
}

fn ending_of_ours(arguments: &[String]) -> Option<&str> {
    arguments.iter().filter(|name| name.starts_with(OURS)).find_map(|name| crate_ending(name))
}

/// By what wasm-bindgen tells the exports of one crate from those of another.
fn crate_ending(name: &str) -> Option<&str> {
    let ending = name.get(name.len().checked_sub(ENDING)?..)?;
    let digits = ending.strip_prefix('_')?;
    digits.bytes().all(|it| it.is_ascii_hexdigit()).then_some(ending)
}

/// The arguments without the exports that are not to be kept.
fn with_exports(arguments: &[String], keep: impl Fn(&str) -> bool) -> Vec<&str> {
    let mut kept = Vec::with_capacity(arguments.len());
    let mut rest = arguments.iter().map(String::as_str);
    while let Some(argument) = rest.next() {
        if argument != EXPORT {
            kept.push(argument);
        } else if let Some(name) = rest.next().filter(|name| keep(name)) {
            kept.extend([EXPORT, name]);
        }
    }
    kept
}

/// The names of what a module imports.
fn imports(module: &[u8]) -> Result<HashSet<String>> {
    let mut names = HashSet::new();
    for section in read(module)?.iter().filter(|it| it.id == IMPORTS) {
        let mut input = Input(&section.content);
        for _ in 0..input.number()? {
            input.sized()?;
            names.insert(input.name()?.to_owned());
            input.import()?;
        }
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn what_other_crates_export_is_told_by_the_end_of_its_name() {
        let ours =
            strings(&["--export", "mount_00112233445566aa", "--export", "__wbindgen_malloc"]);
        assert_eq!(ending_of_ours(&ours), Some("_00112233445566aa"));
        assert_eq!(crate_ending("sink_write_58a9338f50bce61c"), Some("_58a9338f50bce61c"));
        assert_eq!(crate_ending("__externref_table_alloc"), None);
        assert_eq!(ending_of_ours(&strings(&["a.o", "-o", "b"])), None);
    }

    #[test]
    fn only_exports_are_left_out() {
        let all = strings(&["--export", "a", "x.o", "--export", "b", "-o", "out"]);
        assert_eq!(with_exports(&all, |name| name == "b"), ["x.o", "--export", "b", "-o", "out"]);
    }
}
