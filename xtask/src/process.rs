//! Starts other programs. An error always says which program with which arguments.

use std::{
    env,
    ffi::OsStr,
    io::Write,
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

use anyhow::{Context, Result, bail};

/// A program that does not inherit what cargo told xtask about xtask: build scripts watch some
/// of these variables, and would run anew each time that cargo is called from here.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    for (name, _) in env::vars_os() {
        let text = name.to_string_lossy();
        let own = ["CARGO_PKG_", "CARGO_MANIFEST_", "CARGO_BIN_", "CARGO_CRATE_"];
        if own.iter().any(|prefix| text.starts_with(prefix)) || text == "CARGO_PRIMARY_PACKAGE" {
            command.env_remove(&name);
        }
    }
    command
}

/// The cargo that started xtask, in the given folder.
pub(crate) fn cargo(folder: &Path) -> Command {
    let mut cargo = command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    cargo.current_dir(folder);
    cargo
}

/// Looks a program up as the shell would.
pub(crate) fn find_program(name: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(name)).find(|file| is_executable(file))
}

fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|it| it.is_file() && it.permissions().mode() & 0o111 != 0)
}

/// Puts folders before everything else on the program's PATH.
pub(crate) fn head_path(command: &mut Command, folders: &[PathBuf]) -> Result<()> {
    let inherited = env::var_os("PATH").unwrap_or_default();
    let all = folders.iter().cloned().chain(env::split_paths(&inherited));
    command.env("PATH", env::join_paths(all).context("a folder's name does not fit on PATH")?);
    Ok(())
}

/// The three ways in which xtask waits for a program.
pub(crate) trait Run {
    /// Lets the output through; fails unless the program ends well.
    fn run(&mut self) -> Result<()>;
    /// Returns what the program writes to stdout.
    fn read(&mut self) -> Result<String>;
    /// Feeds `input` to stdin and returns what the program writes to stdout.
    fn filter(&mut self, input: &[u8]) -> Result<Vec<u8>>;
}

impl Run for Command {
    fn run(&mut self) -> Result<()> {
        let status = self.status().with_context(|| format!("cannot start {}", shown(self)))?;
        ended_well(self, status, "")
    }

    fn read(&mut self) -> Result<String> {
        let output = self.output().with_context(|| format!("cannot start {}", shown(self)))?;
        ended_well(self, output.status, &String::from_utf8_lossy(&output.stderr))?;
        String::from_utf8(output.stdout).with_context(|| format!("{} wrote no text", shown(self)))
    }

    fn filter(&mut self, input: &[u8]) -> Result<Vec<u8>> {
        self.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = self.spawn().with_context(|| format!("cannot start {}", shown(self)))?;
        // A program that reads all before it writes cannot block this, and one that ends early
        // shows it by its status.
        if let Some(mut stdin) = child.stdin.take() {
            let _ = stdin.write_all(input);
        }
        let output = child.wait_with_output()?;
        ended_well(self, output.status, "")?;
        Ok(output.stdout)
    }
}

fn ended_well(command: &Command, status: ExitStatus, said: &str) -> Result<()> {
    if status.success() {
        return Ok(());
    }
    let said = said.trim();
    let gap = if said.is_empty() { "" } else { "\n" };
    bail!("{} ended with {status}{gap}{said}", shown(command))
}

/// The command as a person would type it, without its folder.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str()).to_string_lossy();
    let mut text = format!("`{name}");
    for argument in command.get_args() {
        text.push(' ');
        text.push_str(&argument.to_string_lossy());
    }
    text.push('`');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_program_status_and_what_was_said() {
        let error = command("sh").args(["-c", "echo broken >&2; exit 3"]).read().unwrap_err();
        let text = format!("{error:#}");
        assert!(text.starts_with("`sh -c") && text.contains("exit status: 3"), "{text}");
        assert!(text.ends_with("broken"), "{text}");
    }

    #[test]
    fn a_filter_gets_its_input() {
        assert_eq!(command("cat").filter(b"through").unwrap(), b"through");
    }

    #[test]
    fn programs_are_looked_up_on_path() {
        assert!(find_program("sh").is_some());
        assert_eq!(find_program("no-such-program-here"), None);
    }

    #[test]
    fn facts_about_xtask_itself_are_not_handed_on() {
        let text = command("env").read().unwrap();
        assert!(!text.contains("CARGO_PKG_NAME="), "{text}");
    }
}
