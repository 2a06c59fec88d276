//! Measures what is deployed. What is measured and how is the business of the package in bench/;
//! here stands only what has to be built first and where its data lies.

use std::process::Command;

use anyhow::{Result, bail};

use crate::{
    assets,
    process::{Run, command},
    progress::step,
    project::Project,
    server::{self, Profile},
    tools::{TestTools, Tools},
    widget,
};

const PACKAGE: &str = "handrail-bench";

/// Builds what is measured and the program that does it, each as it is when built alone, and runs the
/// latter. Its tables go to stdout.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let Some((what, rest)) = arguments.split_first() else {
        bail!("say what to measure: `cargo xtask bench server` or `cargo xtask bench widget`");
    };
    let mut bench = match what.as_str() {
        "server" => program(project, what)?,
        "widget" => for_widget(project)?,
        _ => bail!("`bench` measures the `server` or the `widget`, and got `{what}`"),
    };
    step("Measuring", || bench.args(rest).run())
}

/// The widget stands beside another one, in a browser.
fn for_widget(project: &Project) -> Result<Command> {
    let (tools, browser) = (Tools::for_build(project)?, TestTools::for_measuring()?);
    let sentry = project.target().join("bench").join("sentry");
    step("Bundling Sentry's widget", || {
        assets::bundle_peer(&project.root().join("bench/peer"), &sentry)
    })?;
    step("Building the widget", || widget::build(project, &tools))?;
    let mut bench = program(project, "widget")?;
    bench.arg("--site").arg(project.dist()).arg("--sentry").arg(sentry);
    browser.name_in(&mut bench);
    Ok(bench)
}

/// The measuring program with what it is always told.
fn program(project: &Project, what: &str) -> Result<Command> {
    let server = step("Building the server", || server::build(project, Profile::Release))?;
    let bench =
        step("Building what measures", || server::program(project, PACKAGE, Profile::Release))?;
    let mut bench = command(&bench);
    bench.arg(what).arg("--server").arg(server);
    bench.arg("--folder").arg(project.target().join("bench"));
    Ok(bench)
}
