//! Measures the release server. What is measured and how is the business of the package in bench/;
//! here stands only what has to be built first and where its data lies.

use anyhow::{Result, bail};

use crate::{
    process::{Run, command},
    progress::step,
    project::Project,
    server::{self, Profile},
};

const PACKAGE: &str = "handrail-bench";

/// Builds the server and the measuring program, each as it is when built alone, and runs the latter.
/// Its tables go to stdout.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let arguments = match arguments.split_first() {
        Some((what, rest)) if what == "server" => rest,
        Some((what, _)) => bail!("`bench` measures the `server`, and got `{what}`"),
        None => bail!("say what to measure: `cargo xtask bench server`"),
    };
    let program = step("Building the server", || server::build(project, Profile::Release))?;
    let bench =
        step("Building what measures it", || server::program(project, PACKAGE, Profile::Release))?;
    step("Measuring", || {
        command(&bench)
            .arg("--server")
            .arg(&program)
            .arg("--folder")
            .arg(project.target().join("bench"))
            .args(arguments)
            .run()
    })
}
