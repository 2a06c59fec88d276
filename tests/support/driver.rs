//! One chromedriver a browser, on a port that it picks itself. Nothing is downloaded: the driver and
//! Chromium come with the machine, in versions that fit each other.

use super::waiting::PATIENCE;
use std::{env, path::Path, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

/// A running chromedriver; it ends when this is dropped.
pub(crate) struct Driver {
    pub(crate) address: String,
    _child: Child,
    /// Kept open, since the driver may print more.
    _lines: Lines<BufReader<ChildStdout>>,
}

impl Driver {
    /// Starts one that keeps its own files in `folder`, in the time zone of its browser.
    pub(crate) async fn start(folder: &Path, time_zone: &str) -> Self {
        let program = named("HANDRAIL_CHROMEDRIVER").unwrap_or_else(|| "chromedriver".to_owned());
        let mut child = Command::new(&program)
            .arg("--port=0")
            .env("TZ", time_zone)
            .env("TMPDIR", folder)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}; `cargo xtask test` installs it"));
        let stdout = child.stdout.take().expect("it is piped");
        let mut lines = BufReader::new(stdout).lines();
        let port = timeout(PATIENCE, port(&mut lines)).await.expect("chromedriver starts in time");
        Self { address: format!("http://127.0.0.1:{port}"), _child: child, _lines: lines }
    }
}

async fn port(lines: &mut Lines<BufReader<ChildStdout>>) -> u16 {
    while let Ok(Some(line)) = lines.next_line().await {
        let port = line.split("successfully on port ").nth(1);
        if let Some(Ok(port)) = port.map(|port| port.trim_end_matches('.').parse()) {
            return port;
        }
    }
    panic!("chromedriver ended without a port");
}

/// A program that the environment names.
pub(crate) fn named(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|path| !path.is_empty())
}
