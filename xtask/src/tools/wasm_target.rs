//! The compiler's standard library for Wasm. What users download is built with a library of its own, made
//! for size and without messages of panics; for everything else there is rustup's. Where rustup has none,
//! Debian's compiler and sources do.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result};

use crate::{
    process::{self, Run, find_program},
    progress::step,
};

const TARGET: &str = "wasm32-unknown-unknown";

/// The folder with Debian's cargo and rustc, when they are to build the Wasm.
const DEBIAN_RUST: &str = "HANDRAIL_DEBIAN_RUST";

/// A released compiler takes these from nobody but its own makers, unless it is told so. The compiler is
/// pinned in rust-toolchain.toml, so what they mean does not change under us.
const FOR_SIZE: [(&str, &str); 4] = [
    ("RUSTC_BOOTSTRAP", "1"),
    ("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort"),
    ("CARGO_UNSTABLE_BUILD_STD_FEATURES", "optimize_for_size"),
    (
        "CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS",
        "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zinline-mir=yes",
    ),
];

const REMEDY: &str = "\
rustup could not fetch what it takes to build the Wasm. Try
  rustup target add wasm32-unknown-unknown
  rustup component add rust-src
Where rustup's server cannot be reached, Debian's own compiler can build the Wasm:
  sudo apt-get install rustc-web rust-web-src cargo-web rust-web-llvm lld-22
  HANDRAIL_DEBIAN_RUST=/usr/bin cargo xtask run";

/// Set when the user chose the way around rustup.
pub(crate) fn debian_rust() -> Option<PathBuf> {
    env::var_os(DEBIAN_RUST).filter(|it| !it.is_empty()).map(PathBuf::from)
}

/// Brings every crate into cargo's cache, for Trunk builds without the network. All platforms'
/// crates are wanted, because Trunk asks cargo about the whole workspace.
pub(crate) fn fetch_crates(root: &Path) -> Result<()> {
    // The library has crates of its own, and cargo fetches them for the named target only.
    for target in [&[][..], &["--target", TARGET][..]] {
        cargo_for_size(root).arg("fetch").args(target).run()?;
    }
    Ok(())
}

/// Cargo for what users download.
pub(crate) fn cargo_for_size(root: &Path) -> Command {
    let mut cargo = match debian_rust() {
        Some(rust) => process::command(rust.join("cargo")),
        None => process::cargo(root),
    };
    build_for_size(&mut cargo);
    cargo.current_dir(root);
    cargo
}

/// Has a build make the standard library, too.
pub(super) fn build_for_size(build: &mut Command) {
    build.envs(FOR_SIZE);
    if let Some(rust) = debian_rust() {
        build.env("RUSTC", rust.join("rustc"));
    }
}

pub(super) fn ensure_wasm_target(root: &Path) -> Result<()> {
    if debian_rust().is_some() {
        return Ok(());
    }
    let rustup = |arguments: &[&str]| {
        step(&format!("Fetching {}", arguments.join(" ")), || {
            find_program("rustup").context("there is no rustup")?;
            process::command("rustup").args(arguments).current_dir(root).run()
        })
        .context(REMEDY)
    };
    if !has_library(root)? {
        rustup(&["target", "add", TARGET])?;
    }
    if !has_sources(root)? {
        rustup(&["component", "add", "rust-src"])?;
    }
    Ok(())
}

/// Asks the compiler rather than rustup: a distribution's Rust may have the target, too.
fn has_library(root: &Path) -> Result<bool> {
    let Ok(files) = fs::read_dir(ask_compiler(root, &["target-libdir", "--target", TARGET])?)
    else {
        return Ok(false);
    };
    Ok(files.flatten().any(|it| it.file_name().to_string_lossy().starts_with("libcore-")))
}

fn has_sources(root: &Path) -> Result<bool> {
    let folder = ask_compiler(root, &["sysroot"])?;
    Ok(Path::new(&folder).join("lib/rustlib/src/rust/library/Cargo.lock").exists())
}

/// Where the compiler has the libraries for this machine; its linker stands beside them.
pub(super) fn libraries(root: &Path) -> Result<String> {
    ask_compiler(root, &["target-libdir"])
}

fn ask_compiler(root: &Path, what: &[&str]) -> Result<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let answer = process::command(rustc).arg("--print").args(what).current_dir(root).read()?;
    Ok(answer.trim().to_owned())
}
