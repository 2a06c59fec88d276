//! What a person can ask for: each command as a list of steps.

use std::{fs, os::unix::process::CommandExt, path::Path, time::Duration};

use anyhow::{Context, Result};

use crate::{
    components,
    process::{Run, cargo, command},
    progress::{note, seconds, step, timed},
    project::Project,
    server::{self, Profile},
    size, tidy,
    tools::{self, Pictures, TestTools, Tools, debian_rust},
    widget,
};

/// Builds everything and becomes the demo server.
pub(crate) fn run(project: &Project, arguments: &[String]) -> Result<()> {
    let tools = Tools::for_build(project)?;
    step("Building the widget", || widget::build(project, &tools))?;
    let program = step("Building the server", || server::build(project, Profile::Dev))?;
    let database = project.target().join("demo.db");
    eprintln!("\n== Serving the demo");
    note("open the address behind `demo on` in a browser; Ctrl-C ends it");
    note(&format!("its data is in {}; remove that file to begin afresh", database.display()));
    let error = command(&program)
        .args(["serve", "--demo", "--site"])
        .arg(project.dist())
        .arg("--database")
        .arg(format!("sqlite://{}", database.display()))
        .args(arguments)
        // The server takes xtask's place, so that signals and its exit status need no relay.
        .exec();
    Err(error).with_context(|| format!("cannot start {}", program.display()))
}

/// Builds what is deployed.
pub(crate) fn build(project: &Project) -> Result<()> {
    let tools = Tools::for_build(project)?;
    step("Building the widget", || widget::build(project, &tools))?;
    let program = step("Building the server", || server::build(project, Profile::Release))?;
    eprintln!("\n== Built");
    note(&format!("the site:   {}", project.dist().display()));
    note(&format!("the server: {}", program.display()));
    Ok(())
}

/// Packs what hosts that are written in TypeScript install.
pub(crate) fn package(project: &Project) -> Result<()> {
    let folder = project.target().join("npm");
    fs::create_dir_all(&folder).with_context(|| format!("cannot make {}", folder.display()))?;
    let name = tools::pack(&project.root().join("npm"), &folder)?;
    note(&format!("the package: {}", folder.join(name).display()));
    Ok(())
}

/// Weighs the site, building it first if need be.
pub(crate) fn size(project: &Project) -> Result<()> {
    let tools = Tools::for_build(project)?;
    step("Building the widget", || widget::build(project, &tools))?;
    size::check(project)
}

/// Writes the description of the API anew. The test that compares it with the routes does so when
/// asked, so that writing and comparing cannot differ.
pub(crate) fn openapi(project: &Project) -> Result<()> {
    let only =
        ["--package", "handrail-server", "--test", "it", "the_description_in_the_repository"];
    cargo(project.root()).arg("test").args(only).env("HANDRAIL_UPDATE_OPENAPI", "1").run()?;
    note("docs/openapi.json is what the routes say");
    Ok(())
}

/// Makes the page of all components.
pub(crate) fn components(project: &Project) -> Result<()> {
    let tools = Tools::for_build(project)?;
    let page = step("Building the components", || components::build(project, &tools))?;
    note(&format!("open it in a browser: {}", page.display()));
    Ok(())
}

/// Draws every view for people to look at; with `accept`, also writes the pictures that are kept and compared.
pub(crate) fn shots(project: &Project, accept: bool) -> Result<()> {
    let (tools, test_tools) = (Tools::for_build(project)?, TestTools::ensure(project.root())?);
    let root = project.root();
    step("Building the widget", || widget::build(project, &tools))?;
    step("Building the server", || compile(root))?;
    let folder = project.target().join("shots");
    let mut shots = tests(project, &test_tools)?;
    shots.args(["--test", "browser", "--", "shots::"]).env("HANDRAIL_SHOTS", &folder);
    if accept {
        shots.env("HANDRAIL_SHOTS_ACCEPT", "1");
    }
    step("Drawing", || shots.run())?;
    note(&format!("the pictures: {}", folder.display()));
    Ok(())
}

/// Runs every check in the order in which a failure is cheapest; with a filter, browser tests only.
pub(crate) fn test(project: &Project, filter: Option<&str>) -> Result<()> {
    let mut steps = Steps::default();
    let (tools, test_tools) = steps
        .step("tools", || Ok((Tools::for_build(project)?, TestTools::ensure(project.root())?)))?;
    let root = project.root();
    if let Some(filter) = filter {
        steps.step("widget", || widget::build(project, &tools))?;
        steps.step("server", || compile(root))?;
        let only = ["--test", "browser", "--", filter];
        steps.step("browser tests", || tests(project, &test_tools)?.args(only).run())?;
        steps.summary();
        return Ok(());
    }
    steps.step("rustfmt", || cargo(root).args(["fmt", "--all", "--check"]).run())?;
    steps.step("clippy", || clippy(root, &["--workspace", "--all-targets"]))?;
    if debian_rust().is_none() {
        let wasm = ["--package", "handrail", "--target", "wasm32-unknown-unknown"];
        steps.step("clippy for Wasm", || {
            clippy(root, &[&wasm[..], &["--features", "components"]].concat())
        })?;
    }
    steps.step("tidy", || tidy::run(root))?;
    steps.step("widget", || widget::build(project, &tools))?;
    steps.step("size", || size::check(project))?;
    steps.step("compile the tests", || compile(root))?;
    steps.step("tests", || tests(project, &test_tools)?.arg("--no-fail-fast").run())?;
    steps.summary();
    Ok(())
}

fn clippy(root: &Path, what: &[&str]) -> Result<()> {
    cargo(root).arg("clippy").args(what).args(["--", "--deny", "warnings"]).run()
}

/// The server that the browser tests start is compiled in one go with the tests: the same
/// packages with the same features, so that nothing is compiled twice.
fn compile(root: &Path) -> Result<()> {
    cargo(root).args(["build", "--workspace", "--bins", "--tests"]).run()
}

/// `cargo test` with all that the browser tests ask the environment for.
fn tests(project: &Project, tools: &TestTools) -> Result<std::process::Command> {
    let mut tests = cargo(project.root());
    tests
        .args(["test", "--workspace"])
        .env("HANDRAIL_SERVER", project.target().join("debug/handrail-server"))
        .env("HANDRAIL_SITE", project.dist());
    tools.name_in(&mut tests);
    Pictures::ensure(project.root())?.name_in(&mut tests);
    Ok(tests)
}

/// Steps that were done, for the summary.
#[derive(Default)]
struct Steps {
    done: Vec<(&'static str, Duration)>,
}

impl Steps {
    fn step<T>(&mut self, name: &'static str, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let (value, took) = timed(name, work)?;
        self.done.push((name, took));
        Ok(value)
    }

    fn summary(&self) {
        eprintln!("\n== All checks passed");
        for (name, took) in &self.done {
            note(&format!("{name:<18} {:>12}", seconds(*took)));
        }
        let all: Duration = self.done.iter().map(|(_, took)| took).sum();
        note(&format!("{:<18} {:>12}", "together", seconds(all)));
    }
}
