//! One driver a browser, on a port of its own. Nothing is downloaded: the drivers and the browsers
//! come with the machine, in versions that fit each other.

use super::{
    display::Display,
    engine::Engine,
    waiting::{PATIENCE, until},
};
use std::{env, path::Path, process::Stdio};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    net::{TcpListener, TcpStream},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

/// A running driver; it ends when this is dropped, and its browser with it.
pub(crate) struct Driver {
    pub(crate) address: String,
    child: Child,
    /// Kept open, since the driver may print more.
    _lines: Lines<BufReader<ChildStdout>>,
    /// After the driver, which stands on it.
    _display: Option<Display>,
}

impl Driver {
    /// Starts one that keeps its own files in `folder`, in the time zone of its browser.
    pub(crate) async fn start(engine: Engine, folder: &Path, time_zone: &str) -> Self {
        let display = match engine {
            Engine::WebKit => Some(Display::open().await),
            Engine::Chromium | Engine::Firefox => None,
        };
        let wanted = if engine == Engine::WebKit { free_port().await } else { 0 };
        let (child, lines, port) = loop {
            let (child, mut lines) = begin(engine, folder, time_zone, wanted, display.as_ref());
            let mut said = String::new();
            let port = match wanted {
                0 => timeout(PATIENCE, told_port(&mut lines, &mut said)).await,
                port => {
                    answers(port).await;
                    Ok(Some(port))
                }
            };
            if let Some(port) = port.expect("the driver starts in time") {
                break (child, lines, port);
            }
            // Chromium's driver lets the system pick a port of IPv4 and then wants the same of IPv6,
            // which somebody else may have; it says so and ends, and the next one picks another.
            assert!(said.contains("port not available"), "the driver ended: {said}");
        };
        let address = format!("http://127.0.0.1:{port}");
        Self { address, child, _lines: lines, _display: display }
    }
}

fn begin(
    engine: Engine,
    folder: &Path,
    time_zone: &str,
    port: u16,
    display: Option<&Display>,
) -> (Child, Lines<BufReader<ChildStdout>>) {
    let (program, flags) = engine.driver();
    let mut command = Command::new(&program);
    if let Some(display) = display {
        command.env("DISPLAY", &display.name);
    }
    let mut child = command
        .arg(format!("--port={port}"))
        .args(flags)
        .env("TZ", time_zone)
        .env("LANG", "en_US.UTF-8")
        .env("TMPDIR", folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        // With its browser, which would outlive it after a failure.
        .process_group(0)
        .spawn()
        .unwrap_or_else(|error| panic!("{program}: {error}; `cargo xtask test` installs it"));
    let stdout = child.stdout.take().expect("it is piped");
    (child, BufReader::new(stdout).lines())
}

impl Drop for Driver {
    fn drop(&mut self) {
        if let Some(group) = self.child.id() {
            let kill = ["-KILL", "--", &format!("-{group}")];
            _ = std::process::Command::new("kill").args(kill).status();
        }
    }
}

/// The port that the driver picked: `… on port 1234.` or `Listening on 127.0.0.1:1234`; nothing when it
/// ended without one. What it `said` is put down.
async fn told_port(lines: &mut Lines<BufReader<ChildStdout>>, said: &mut String) -> Option<u16> {
    while let Ok(Some(line)) = lines.next_line().await {
        let told = ["successfully on port ", "Listening on 127.0.0.1:"];
        let port = told.iter().find_map(|words| line.split(words).nth(1));
        if let Some(Ok(port)) = port.map(|port| port.trim_end_matches('.').parse()) {
            return Some(port);
        }
        said.push_str(&line);
        said.push('\n');
    }
    None
}

/// For a driver that does not tell what it picks. That somebody else takes the port in between
/// would show: two drivers cannot listen on one.
async fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    listener.local_addr().expect("it listens").port()
}

async fn answers(port: u16) {
    until("the driver", async || {
        TcpStream::connect(("127.0.0.1", port)).await.map(drop).map_err(|error| error.to_string())
    })
    .await;
}

/// A program that the environment names.
pub(crate) fn named(variable: &str) -> Option<String> {
    env::var(variable).ok().filter(|path| !path.is_empty())
}
