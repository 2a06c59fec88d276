//! From what the linker wrote to what a user downloads: the Wasm in two parts, the form's and the
//! rest, and the glue that starts them.
//!
//! Trunk compiles; what comes after the linker is done here, because each step needs the one before:
//! splitting needs the linker's own notes, wasm-bindgen takes the first part, names are shortened in
//! all three files at once, wasm-opt has to see what all of this left unused, and the order of functions
//! is the last thing, for wasm-opt has one of its own.

mod border;
mod glue;
mod link;
mod module;
mod names;
mod neighbours;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};

use super::{esbuild::Esbuild, published::Published};
use crate::{
    process::{Run, command},
    project::Project,
    tools::WasmTools,
};
pub(crate) use link::{link, linker, stand_in};
use names::Names;

/// What Trunk let the compiler make.
const LINKED: &str = "wasm32-unknown-unknown/wasm/handrail.wasm";
/// The name of the later part in `src/features/later.rs`.
const LATER: &str = "later";
/// What boot takes from the glue, and, for the fire drill, a host's engineer.
const ENTRY: &str = "export { default, mount, drill, watch } from \"./handrail.js\";\n\
                     export { provide } from \"./__wasm_split.js\";\n";

/// Rust's Wasm uses the features, and wasm-opt refuses it without. Low memory is the far end of
/// Rust's stack; telling so saves 2 KB. What is called once compresses better where it is, unless it is
/// short.
const OPTIMIZE: [&str; 10] = [
    "-Os",
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-reference-types",
    "--enable-mutable-globals",
    "--low-memory-unused",
    "--one-caller-inline-max-function-size=20",
    "--strip-producers",
    "--strip-target-features",
];

/// The finished files.
pub(super) struct Parts {
    pub(super) glue: Published,
    pub(super) wasm: Published,
    pub(super) later: Published,
}

/// Replaces Trunk's files by the finished ones.
pub(super) fn publish(project: &Project, esbuild: &Esbuild, staging: &Path) -> Result<Parts> {
    let tools = WasmTools::find(project.root())?;
    let folder = project.target().join("xtask").join("wasm");
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(&folder)?;
    remove_trunks(staging)?;

    let first = folder.join("handrail.wasm");
    split(&tools, &project.target().join(LINKED), &folder)?;
    bind(&tools, &first, &folder)?;
    let script = folder.join("__wasm_split.js");
    fs::write(&script, border::with_own_download(&fs::read_to_string(&script)?)?)?;
    let script = folder.join("handrail.js");
    fs::write(&script, glue::finished(&fs::read_to_string(&script)?)?)?;
    let entry = folder.join("entry.js");
    fs::write(&entry, ENTRY)?;
    // Bundling takes in the border and the snippets that crates bring, and leaves out what nothing uses.
    let glue = String::from_utf8(esbuild.module(&entry)?)?;

    let mut names = Names::default();
    let mut finish = |file: &str, stem, ending| -> Result<Published> {
        let file = folder.join(file);
        let mut sections = module::read(&fs::read(&file)?)?;
        names.apply(&mut sections, &glue)?;
        fs::write(&file, module::write(&sections))?;
        let (small, symbols) = optimize(&tools, &file)?;
        let published = Published::write(staging, stem, ending, &small)?;
        fs::write(staging.join(published.name.clone() + ".symbols"), symbols)?;
        Ok(published)
    };
    let wasm = finish("handrail_bg.wasm", "handrail-", "_bg.wasm")?;
    let later = finish(&format!("split_{LATER}.wasm"), "later-", ".wasm")?;
    let glue = Published::write(staging, "handrail-", ".js", names.in_script(&glue).as_bytes())?;
    Ok(Parts { glue, wasm, later })
}

fn split(tools: &WasmTools, linked: &Path, folder: &Path) -> Result<()> {
    command(&tools.split)
        .arg(linked)
        .arg(folder)
        .args(["--target", "web", "--out-name", "handrail"])
        .run()
        .context("the Wasm cannot be split")
}

fn bind(tools: &WasmTools, first: &Path, folder: &Path) -> Result<()> {
    command(&tools.bindgen)
        // The later part needs the table of functions, which the linker exports.
        .arg("--keep-lld-exports")
        .args(["--target", "web", "--no-typescript", "--out-name", "handrail", "--out-dir"])
        .arg(folder)
        .arg(first)
        .run()
}

/// The smaller Wasm; and its functions by number, which is all that a browser tells of one that broke.
fn optimize(tools: &WasmTools, file: &Path) -> Result<(Vec<u8>, String)> {
    let (small, symbols) = (file.with_extension("small.wasm"), file.with_extension("symbols"));
    let map = format!("--symbolmap={}", symbols.display());
    command(&tools.opt).args(OPTIMIZE).arg(map).arg(file).arg("-o").arg(&small).run()?;
    let bytes = fs::read(&small).with_context(|| format!("cannot read {}", small.display()))?;
    let (bytes, numbers) = neighbours::rearranged(&bytes)?;
    let symbols = fs::read_to_string(&symbols)
        .with_context(|| format!("cannot read {}", symbols.display()))?;
    Ok((bytes, readable(&symbols, &numbers)))
}

/// `812:_ZN8handrail…` as `644:handrail::…`, where 644 is the new number of 812.
fn readable(symbols: &str, numbers: &[u32]) -> String {
    let function = |line| {
        let (number, name): (&str, _) = str::split_once(line, ':')?;
        let number = *numbers.get(number.parse::<usize>().ok()?)?;
        Some((number, rustc_demangle::demangle(name)))
    };
    let functions: BTreeMap<_, _> = symbols.lines().filter_map(function).collect();
    functions.iter().map(|(number, name)| format!("{number}:{name:#}\n")).collect()
}

/// Trunk's own Wasm and glue are of the whole that was not split.
fn remove_trunks(staging: &Path) -> Result<()> {
    let ours = |file: &PathBuf| {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        name.starts_with("handrail-") && (name.ends_with(".js") || name.ends_with(".wasm"))
    };
    let entries =
        fs::read_dir(staging).with_context(|| format!("cannot read {}", staging.display()))?;
    for file in entries.flatten().map(|it| it.path()).filter(ours) {
        fs::remove_file(file)?;
    }
    let snippets = staging.join("snippets");
    if snippets.exists() {
        fs::remove_dir_all(snippets)?;
    }
    Ok(())
}
