//! The tool folder: one folder a tool and version, shared by every checkout of this user.
//!
//! A tool is installed beside its place and renamed into it when it is whole, so that an
//! interrupted installation never looks finished. A file lock keeps two checkouts apart.

use std::{
    env,
    ffi::OsString,
    fs::{self, File, TryLockError},
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, ensure};

use crate::progress::{note, step};

/// Holds installations that are not finished.
const PARTIAL: &str = ".partial";

pub(super) struct ToolFolder {
    path: PathBuf,
}

impl ToolFolder {
    pub(super) fn open() -> Result<Self> {
        Ok(Self { path: location(|name| env::var_os(name))? })
    }

    /// The folder of a finished tool. Unless `program` stands in it, `install` is called with
    /// an empty folder to fill.
    pub(super) fn provide(
        &self,
        name: &str,
        program: &str,
        install: impl FnOnce(&Path) -> Result<()>,
    ) -> Result<PathBuf> {
        let finished = self.path.join(name);
        if finished.join(program).exists() {
            return Ok(finished);
        }
        let _lock = self.lock()?;
        if finished.join(program).exists() {
            return Ok(finished);
        }
        step(&format!("Installing {name} into {}", self.path.display()), || {
            let partial = self.path.join(PARTIAL).join(name);
            remove_folder(&partial)?;
            fs::create_dir_all(&partial)
                .with_context(|| format!("cannot make {}", partial.display()))?;
            install(&partial)?;
            ensure!(
                partial.join(program).exists(),
                "the installation of {name} brought no {program}"
            );
            remove_folder(&finished)?;
            fs::rename(&partial, &finished)
                .with_context(|| format!("cannot move {name} to {}", finished.display()))
        })?;
        Ok(finished)
    }

    /// Where cargo compiles tools. It outlives an interruption, and the next try continues there.
    pub(super) fn compile_folder(&self) -> PathBuf {
        self.path.join(PARTIAL).join("target")
    }

    /// Removes what installations left behind, unless somebody is installing right now.
    pub(super) fn clear_leftovers(&self) -> Result<()> {
        let partial = self.path.join(PARTIAL);
        if partial.exists() && self.lock_file()?.try_lock().is_ok() {
            remove_folder(&partial)?;
        }
        Ok(())
    }

    fn lock(&self) -> Result<File> {
        let file = self.lock_file()?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                note(&format!(
                    "another checkout is installing into {}; waiting",
                    self.path.display()
                ));
                file.lock().context("cannot lock the tool folder")?;
            }
            Err(TryLockError::Error(error)) => {
                return Err(error).context("cannot lock the tool folder");
            }
        }
        Ok(file)
    }

    fn lock_file(&self) -> Result<File> {
        fs::create_dir_all(&self.path)
            .with_context(|| format!("cannot make the tool folder {}", self.path.display()))?;
        let file = self.path.join(".lock");
        File::create(&file).with_context(|| format!("cannot write {}", file.display()))
    }
}

/// Its own place and not the target folder, so that `cargo clean` leaves it alone.
fn location(variable: impl Fn(&str) -> Option<OsString>) -> Result<PathBuf> {
    let given = |name: &str| variable(name).filter(|it| !it.is_empty()).map(PathBuf::from);
    if let Some(tools) = given("HANDRAIL_TOOLS") {
        return std::path::absolute(tools).context("HANDRAIL_TOOLS is no path");
    }
    let cache =
        given("XDG_CACHE_HOME").or_else(|| given("HOME").map(|home| home.join(".cache"))).context(
            "neither HANDRAIL_TOOLS, XDG_CACHE_HOME nor HOME says where tools may be kept",
        )?;
    Ok(cache.join("handrail").join("tools"))
}

fn remove_folder(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use anyhow::bail;

    use super::*;

    fn folder(test: &str) -> ToolFolder {
        let path = env::temp_dir().join(format!("handrail-xtask-{}-{test}", std::process::id()));
        remove_folder(&path).unwrap();
        ToolFolder { path }
    }

    #[test]
    fn the_folder_is_the_users_choice_first() {
        let check = |variables: &[(&str, &str)], expected: &str| {
            let found = location(|name| {
                variables.iter().find(|(key, _)| *key == name).map(|(_, value)| value.into())
            });
            assert_eq!(found.unwrap(), Path::new(expected));
        };
        check(&[("HANDRAIL_TOOLS", "/t"), ("HOME", "/h")], "/t");
        check(&[("XDG_CACHE_HOME", "/c"), ("HOME", "/h")], "/c/handrail/tools");
        check(&[("XDG_CACHE_HOME", ""), ("HOME", "/h")], "/h/.cache/handrail/tools");
        assert!(location(|_| None).is_err());
    }

    #[test]
    fn a_tool_is_installed_once() {
        let tools = folder("once");
        let install = |partial: &Path| fs::write(partial.join("saw"), "").context("write");
        let place = tools.provide("saw-1", "saw", install).unwrap();
        assert!(place.join("saw").exists());
        tools.provide("saw-1", "saw", |_| bail!("must not be called")).unwrap();
        remove_folder(&tools.path).unwrap();
    }

    #[test]
    fn an_interrupted_installation_does_not_look_finished() {
        let tools = folder("interrupted");
        let half = |partial: &Path| {
            fs::write(partial.join("saw"), "half")?;
            bail!("interrupted")
        };
        assert!(tools.provide("saw-1", "saw", half).is_err());
        assert!(!tools.path.join("saw-1").exists());
        let whole = |partial: &Path| {
            assert!(!partial.join("saw").exists(), "the second try begins with an empty folder");
            fs::write(partial.join("saw"), "whole").context("write")
        };
        let place = tools.provide("saw-1", "saw", whole).unwrap();
        assert_eq!(fs::read_to_string(place.join("saw")).unwrap(), "whole");
        remove_folder(&tools.path).unwrap();
    }

    #[test]
    fn leftovers_are_cleared_unless_somebody_installs() {
        let tools = folder("leftovers");
        fs::create_dir_all(tools.compile_folder()).unwrap();
        let lock = tools.lock().unwrap();
        tools.clear_leftovers().unwrap();
        assert!(tools.compile_folder().exists());
        drop(lock);
        tools.clear_leftovers().unwrap();
        assert!(!tools.compile_folder().exists());
        remove_folder(&tools.path).unwrap();
    }
}
