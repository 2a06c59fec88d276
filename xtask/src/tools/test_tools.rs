//! What the tests need on top of the build's tools: browsers with their drivers, and programs and
//! libraries of others that they try against ours.

use std::{
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::Result;

use super::{apt, cargo, folder::ToolFolder, given_or, npm, python};
use crate::versions::{
    AXE, FRAMEWORKS, GECKODRIVER, HYPOTHESIS, NODE_ZENDESK, SCHEMATHESIS, TYPESCRIPT, ZENPY,
};

/// Where everything is, each under the name of the variable by which the tests ask for it, and by
/// which a person can name one that stands where nobody would look.
pub(crate) struct TestTools {
    found: Vec<(&'static str, PathBuf)>,
}

impl TestTools {
    /// Finds everything, and installs what is missing.
    pub(crate) fn ensure(root: &Path) -> Result<Self> {
        let mut tools = Self { found: Vec::new() };
        let folder = ToolFolder::open()?;
        tools.browsers(&folder, root)?;
        let library = |packages: &[(&str, &str)]| npm::provide_libraries(&folder, packages);
        tools.find("HANDRAIL_AXE", || library(&[("axe-core", AXE)]))?;
        tools.find("HANDRAIL_FRAMEWORKS", || library(&FRAMEWORKS))?;
        tools.find("HANDRAIL_TYPESCRIPT", || library(&[("typescript", TYPESCRIPT)]))?;
        tools.find("HANDRAIL_ZENPY", || python::provide(&folder, &[("zenpy", ZENPY)]))?;
        tools.find("HANDRAIL_NODE_ZENDESK", || library(&[("node-zendesk", NODE_ZENDESK)]))?;
        tools.find("HANDRAIL_SCHEMATHESIS", || {
            let packages = [("schemathesis", SCHEMATHESIS), ("hypothesis", HYPOTHESIS)];
            python::provide(&folder, &packages)
        })?;
        folder.clear_leftovers()?;
        Ok(tools)
    }

    /// The browser in which the widget is measured, and nothing else.
    pub(crate) fn for_measuring() -> Result<Self> {
        let mut tools = Self { found: Vec::new() };
        tools.chromium()?;
        Ok(tools)
    }

    fn chromium(&mut self) -> Result<()> {
        let chromium = ["chromium", "chromium-browser", "google-chrome"];
        self.debian("HANDRAIL_CHROMIUM", &chromium, "chromium", "Chromium")?;
        let driver = "Chromium's WebDriver";
        self.debian("HANDRAIL_CHROMEDRIVER", &["chromedriver"], "chromium-driver", driver)
    }

    /// Three engines. Debian has all of them, in versions that fit their drivers, but for the driver
    /// of Firefox.
    fn browsers(&mut self, folder: &ToolFolder, root: &Path) -> Result<()> {
        self.chromium()?;
        let firefox = ["firefox-esr", "firefox"];
        self.debian("HANDRAIL_FIREFOX", &firefox, "firefox-esr", "Firefox")?;
        self.find("HANDRAIL_GECKODRIVER", || {
            let geckodriver = cargo::Tool {
                package: "geckodriver",
                version: GECKODRIVER,
                program: "geckodriver",
                features: "",
                locked: true,
                tells_version: true,
            };
            Ok(geckodriver.provide(folder, root)?.join("geckodriver"))
        })?;
        let driver = "WebKitGTK with its WebDriver";
        let package = "webkit2gtk-driver";
        self.debian("HANDRAIL_WEBKITDRIVER", &["WebKitWebDriver"], package, driver)?;
        self.debian("HANDRAIL_XVFB", &["Xvfb"], "xvfb", "a display for WebKitGTK")
    }

    fn debian(
        &mut self,
        variable: &'static str,
        programs: &[&str],
        package: &str,
        what: &str,
    ) -> Result<()> {
        let what = format!("{what}, to try the widget in");
        self.find(variable, || apt::ensure_program(programs, &[package], &what))
    }

    fn find(
        &mut self,
        variable: &'static str,
        find: impl FnOnce() -> Result<PathBuf>,
    ) -> Result<()> {
        self.found.push((variable, given_or(variable, find)?));
        Ok(())
    }

    /// Tells the tests, or the program that measures.
    pub(crate) fn name_in(&self, program: &mut Command) {
        program.envs(self.found.iter().map(|(variable, path)| (variable, path)));
    }
}
