//! The support server: the real program on a free port, with a database in a folder of its own.
//! It can be killed without warning and started again where it was.

use super::{driver::named, people::Who, waiting::PATIENCE};
use std::{
    env,
    path::{Path, PathBuf},
    process::Stdio,
};
use tempfile::TempDir;
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

/// Where mail to support goes; shown when nothing else works.
pub(crate) const SUPPORT_MAIL: &str = "help@support.example";

/// A running server.
pub(crate) struct Server {
    /// `http://127.0.0.1:…`
    pub(crate) origin: String,
    /// The demo's host product, if asked for.
    pub(crate) demo: Option<String>,
    /// Who signs tokens for it.
    pub(crate) mint: Mint,
    flags: Vec<String>,
    /// When it is for this server, if its time stands still.
    time: Option<&'static str>,
    process: Option<Process>,
    folder: TempDir,
}

/// Its standard output is kept open: the server prints to it.
struct Process {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

/// The server's own commands for tokens; they work beside it and without it.
#[derive(Clone)]
pub(crate) struct Mint {
    program: PathBuf,
    database: String,
}

impl Server {
    /// Starts on a free port with these flags beside the usual ones.
    pub(crate) async fn start(flags: &[&str]) -> Self {
        Self::start_in(None, flags).await
    }

    /// The same at a time that stands still, such as `2026-03-03 09:20:00` in UTC.
    pub(crate) async fn start_at(time: &'static str, flags: &[&str]) -> Self {
        Self::start_in(Some(time), flags).await
    }

    async fn start_in(time: Option<&'static str>, flags: &[&str]) -> Self {
        let folder = tempfile::tempdir().expect("a folder for the database");
        let database = format!("sqlite://{}", folder.path().join("handrail.db").display());
        let mint = Mint { program: program(), database };
        let mut flags: Vec<String> = flags.iter().map(|flag| (*flag).to_owned()).collect();
        flags.extend(["--support-mail", SUPPORT_MAIL].map(str::to_owned));
        let mut server =
            Self { origin: String::new(), demo: None, mint, flags, time, process: None, folder };
        server.run("127.0.0.1:0").await;
        server
    }

    /// The file of its database.
    pub(crate) fn database(&self) -> PathBuf {
        self.folder.path().join("handrail.db")
    }

    /// Ends it as a power cut would: no farewell, nothing finished.
    pub(crate) async fn kill(&mut self) {
        let mut process = self.process.take().expect("the server runs");
        process.child.kill().await.expect("the server can be killed");
    }

    /// Starts it again, at the same address and with the same database.
    pub(crate) async fn restart(&mut self) {
        let address = self.origin.trim_start_matches("http://").to_owned();
        self.run(&address).await;
    }

    async fn run(&mut self, listen: &str) {
        let log = self.folder.path().join("log");
        let log = std::fs::File::options().create(true).append(true).open(log);
        let mut command = Command::new(&self.mint.program);
        if let Some(time) = self.time {
            let library = named("HANDRAIL_FAKETIME").expect("`cargo xtask test` names libfaketime");
            command.env("LD_PRELOAD", library).env("FAKETIME", time).env("TZ", "UTC");
            // What waits goes on; only the calendar stands still.
            command.env("FAKETIME_DONT_FAKE_MONOTONIC", "1").env("NO_FAKE_STAT", "1");
        }
        let mut child = command
            .args(["serve", "--listen", listen, "--database", &self.mint.database, "--site"])
            .arg(site())
            .args(&self.flags)
            // Not the checkout, where a developer's handrail.toml may be.
            .current_dir(self.folder.path())
            .env("NO_COLOR", "1")
            .stdout(Stdio::piped())
            .stderr(log.expect("a log file"))
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}", self.mint.program.display()));
        let stdout = child.stdout.take().expect("it is piped");
        let mut process = Process { child, lines: BufReader::new(stdout).lines() };
        self.origin = self.said(&mut process, "listening on ").await;
        if self.flags.iter().any(|flag| flag == "--demo") {
            self.demo = Some(self.said(&mut process, "demo on ").await);
        }
        self.process = Some(process);
    }

    /// The rest of the next line, which must begin so.
    async fn said(&self, process: &mut Process, beginning: &str) -> String {
        let line = timeout(PATIENCE, process.lines.next_line()).await;
        let line = line.ok().and_then(Result::ok).flatten();
        line.as_deref()
            .and_then(|line| line.strip_prefix(beginning))
            .unwrap_or_else(|| panic!("no `{beginning}…` but {line:?}; log:\n{}", self.log()))
            .to_owned()
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("the server's log:\n{}", self.log());
        }
    }
}

impl Mint {
    /// An identity token, as the host's backend hands it to the page.
    pub(crate) async fn identity_token(&self, who: &Who) -> String {
        let Who { name, email, organization, plan, .. } = who;
        let named = ["--name", name, "--organization", organization, "--plan", plan];
        self.command(&[&["token", "--email", email], &named[..]].concat()).await
    }

    /// An API token of an agent, who is hired by it.
    pub(crate) async fn agent_token(&self, email: &str, name: &str) -> String {
        self.command(&["agent-token", "--email", email, "--name", name]).await
    }

    async fn command(&self, arguments: &[&str]) -> String {
        let output = Command::new(&self.program)
            .args(arguments)
            .args(["--database", &self.database])
            .output()
            .await
            .expect("the server's program runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{arguments:?} failed: {said}");
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }
}

/// Cargo puts the test into `target/debug/deps` and the server one folder above.
fn program() -> PathBuf {
    let beside_us = || {
        let test = env::current_exe().expect("this program has a path");
        let folder = test.ancestors().nth(2).expect("it stands in target/debug/deps");
        folder.join("handrail-server")
    };
    let program = env::var_os("HANDRAIL_SERVER").map_or_else(beside_us, PathBuf::from);
    let remedy = "run `cargo build -p handrail-server`, or `cargo xtask test` for all of it";
    assert!(program.exists(), "{} is missing: {remedy}", program.display());
    program
}

fn site() -> PathBuf {
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
    let site = env::var_os("HANDRAIL_SITE").map_or_else(|| PathBuf::from("dist"), PathBuf::from);
    let site = checkout.join(site);
    let remedy = "run `cargo xtask build`, or `cargo xtask test` for all of it";
    assert!(site.join("handrail.js").exists(), "{} is no site: {remedy}", site.display());
    site
}
