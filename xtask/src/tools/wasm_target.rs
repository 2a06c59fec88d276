//! The compiler's standard library for Wasm: from rustup where it can be had, else built by
//! Debian's compiler when the user asks for that.

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

const REMEDY: &str = "\
rustup could not fetch the Rust target wasm32-unknown-unknown. Try `rustup target add wasm32-unknown-unknown`.
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
    let Some(rust) = debian_rust() else {
        return process::cargo(root).arg("fetch").run();
    };
    // The library has crates of its own, and cargo fetches them for the named target only.
    for target in [&[][..], &["--target", TARGET][..]] {
        let mut cargo = process::command(rust.join("cargo"));
        use_debian_rust(&mut cargo, &rust);
        cargo.current_dir(root).arg("fetch").args(target).run()?;
    }
    Ok(())
}

/// Debian ships the library as source only, and a released compiler builds it only with these.
pub(super) fn use_debian_rust(command: &mut Command, folder: &Path) {
    command
        .env("RUSTC", folder.join("rustc"))
        .env("RUSTC_BOOTSTRAP", "1")
        .env("CARGO_UNSTABLE_BUILD_STD", "std,panic_abort");
}

pub(super) fn ensure_wasm_target(root: &Path) -> Result<()> {
    if debian_rust().is_some() || is_installed(root)? {
        return Ok(());
    }
    step(&format!("Fetching the Rust target {TARGET}"), || {
        find_program("rustup").context("there is no rustup")?;
        process::command("rustup").args(["target", "add", TARGET]).current_dir(root).run()
    })
    .context(REMEDY)
}

/// Asks the compiler rather than rustup: a distribution's Rust may have the target, too.
fn is_installed(root: &Path) -> Result<bool> {
    let Ok(files) = fs::read_dir(ask_compiler(root, &["--target", TARGET])?) else {
        return Ok(false);
    };
    Ok(files.flatten().any(|it| it.file_name().to_string_lossy().starts_with("libcore-")))
}

/// Where the compiler has the libraries for this machine; its linker stands beside them.
pub(super) fn libraries(root: &Path) -> Result<String> {
    ask_compiler(root, &[])
}

fn ask_compiler(root: &Path, target: &[&str]) -> Result<String> {
    let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let folder = process::command(rustc)
        .args(["--print", "target-libdir"])
        .args(target)
        .current_dir(root)
        .read()?;
    Ok(folder.trim().to_owned())
}
