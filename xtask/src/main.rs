//! The build as a program: what a newcomer would otherwise have to read, install and type.
//!
//! One command sets everything up and runs it, one runs every check.
//! The rules of the build stand here and in Trunk.toml, never in a shell script or a CI file.

mod assets;
mod bench;
mod commands;
mod components;
mod process;
mod progress;
mod project;
mod server;
mod size;
mod stamp;
mod tidy;
mod tools;
mod versions;
mod widget;

use std::{env, process::ExitCode};

use anyhow::{Result, bail};

use crate::project::Project;

const HELP: &str = "\
cargo xtask COMMAND

  run [-- ARGS]   install what is missing, build, and serve the demo;
                  ARGS go to `handrail-server serve`, as in `-- --listen 127.0.0.1:0`
  test [FILTER]   install what is missing and run every check;
                  with FILTER only the browser tests whose names contain it
  build           build for release: dist/ and handrail-server
  package         pack the npm package of types into target/npm; it is published by hand
  size            weigh what a user downloads, and fail when it is too much
  bench server [--requests N] [--quick]
                  measure the server on a million requests (or N) beside bare SQLite and print
                  tables; the database is made at the first run, which takes minutes
  bench widget [--rounds N] [--quick] [--look DIR]
                  measure the widget in Chromium on a slow processor beside Sentry's and print
                  tables; --look also puts pictures and CPU profiles of a round into DIR
  components      make the page that shows every component in every state
  shots [--accept]
                  draw every view in every language, size and theme into target/shots;
                  --accept also writes tests/shots/*.png, with which the tests compare
  openapi         write docs/openapi.json anew, from the server's routes
  tidy            check the conventions that the compiler does not know
  post-build      finish the site in Trunk's staging folder (Trunk's hook calls it)
  help            print this

Tools are installed into $HANDRAIL_TOOLS, else $XDG_CACHE_HOME/handrail/tools,
else ~/.cache/handrail/tools, and are shared by all checkouts.";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    // The widget's build starts us once more, in the place of its linker.
    let done = match assets::linker(&arguments) {
        Some(linker) => assets::link(&linker, &arguments),
        None => dispatch(&arguments),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn dispatch(arguments: &[String]) -> Result<()> {
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", arguments),
    };
    if matches!(command, "help" | "--help" | "-h") || rest.iter().any(|it| it == "--help") {
        println!("{HELP}");
        return Ok(());
    }
    let project = Project::find()?;
    match command {
        "run" => commands::run(&project, server_arguments(rest)?),
        "test" => commands::test(&project, at_most_one(command, rest)?),
        "build" => none(command, rest).and_then(|()| commands::build(&project)),
        "package" => none(command, rest).and_then(|()| commands::package(&project)),
        "size" => none(command, rest).and_then(|()| commands::size(&project)),
        "components" => none(command, rest).and_then(|()| commands::components(&project)),
        "shots" => match rest {
            [] => commands::shots(&project, false),
            [one] if one == "--accept" => commands::shots(&project, true),
            _ => bail!("`shots` takes nothing but --accept"),
        },
        "openapi" => none(command, rest).and_then(|()| commands::openapi(&project)),
        "tidy" => none(command, rest).and_then(|()| tidy::run(project.root())),
        "bench" => bench::run(&project, rest),
        "post-build" => none(command, rest).and_then(|()| assets::post_build(&project)),
        unknown => bail!("there is no command `{unknown}`\n\n{HELP}"),
    }
}

/// Everything behind `--` belongs to the server; anything before it is a mistake of the caller.
fn server_arguments(rest: &[String]) -> Result<&[String]> {
    match rest.split_first() {
        None => Ok(rest),
        Some((first, server)) if first == "--" => Ok(server),
        Some((first, _)) => {
            bail!("`run` does not know `{first}`; put what the server is to get behind `--`")
        }
    }
}

fn at_most_one<'a>(command: &str, rest: &'a [String]) -> Result<Option<&'a str>> {
    match rest {
        [] => Ok(None),
        [one] if !one.starts_with('-') => Ok(Some(one)),
        [one] => bail!("`{command}` does not know `{one}`"),
        _ => bail!("`{command}` takes one filter, and got {}", rest.len()),
    }
}

fn none(command: &str, rest: &[String]) -> Result<()> {
    match rest.first() {
        None => Ok(()),
        Some(extra) => bail!("`{command}` takes nothing more, and got `{extra}`"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|it| (*it).to_owned()).collect()
    }

    #[test]
    fn what_stands_behind_the_dashes_goes_to_the_server() {
        assert_eq!(
            server_arguments(&strings(&["--", "--listen", "x"])).unwrap(),
            ["--listen", "x"]
        );
        assert!(
            server_arguments(&strings(&["--listen"]))
                .unwrap_err()
                .to_string()
                .contains("behind `--`")
        );
    }

    #[test]
    fn unknown_commands_are_answered_with_the_help() {
        let error = dispatch(&strings(&["tset"])).unwrap_err().to_string();
        assert!(error.contains("`tset`") && error.contains("cargo xtask COMMAND"), "{error}");
    }

    #[test]
    fn a_second_filter_is_refused() {
        assert_eq!(at_most_one("test", &strings(&["story"])).unwrap(), Some("story"));
        assert!(at_most_one("test", &strings(&["a", "b"])).is_err());
        assert!(at_most_one("test", &strings(&["--nocapture"])).is_err());
    }
}
