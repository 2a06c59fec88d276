//! Chromium with its driver, spoken to in WebDriver's own words. A client of some library would bring
//! along more than is called here: a handful of commands, of which most are the browser's own
//! protocol (`goog/cdp/execute`).

use crate::load::Connection;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Value, json};
use std::{
    fs,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    process::Stdio,
    time::Duration,
};
use tokio::{
    io::{AsyncBufReadExt, BufReader, Lines},
    process::{Child, ChildStdout, Command},
    time::timeout,
};

/// Longer than anything that is measured could take.
const PATIENCE: Duration = Duration::from_secs(120);
/// What is looked at, in points.
const WINDOW: &str = "--window-size=1280,1000";

/// The programs.
#[derive(Clone, Debug)]
pub(crate) struct Programs {
    pub(crate) chromium: Option<PathBuf>,
    pub(crate) driver: PathBuf,
}

/// A browser that nobody used before: no cache, no compiled code, no storage. It ends with this value.
pub(crate) struct Browser {
    driver: Child,
    /// Kept open, since the driver may print more.
    _lines: Lines<BufReader<ChildStdout>>,
    address: SocketAddr,
    session: String,
    folder: PathBuf,
    /// What the browser calls itself.
    pub(crate) version: String,
}

impl Browser {
    /// Starts one that keeps its files in `folder`, which is emptied before. One that is to tell of
    /// its traffic is slower for it, and no time is measured there.
    pub(crate) async fn open(programs: &Programs, folder: &Path, tells: bool) -> Result<Self> {
        empty(folder)?;
        fs::create_dir_all(folder)?;
        let (driver, lines, port) = loop {
            let (driver, mut lines) = start(&programs.driver, folder)?;
            let mut said = String::new();
            let port = timeout(PATIENCE, told_port(&mut lines, &mut said)).await;
            if let Some(port) = port.context("the driver is silent")?? {
                break (driver, lines, port);
            }
            // It lets the system pick a port of IPv4 and then wants the same of IPv6, which somebody else
            // may have; it says so and ends, and the next one picks another.
            ensure!(
                said.contains("port not available"),
                "the driver ended before it told its port; it said: {said}"
            );
        };
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let folder = folder.to_owned();
        let (session, version) = (String::new(), String::new());
        let mut browser = Self { driver, _lines: lines, address, session, folder, version };
        let wanted = capabilities(programs, &browser.folder, tells);
        let session = browser.command("POST", "/session", Some(&wanted)).await?;
        let text = |path| session.pointer(path).and_then(Value::as_str).map(str::to_owned);
        browser.session = text("/sessionId").context("the driver gave no session")?;
        browser.version = text("/capabilities/browserVersion").unwrap_or_default();
        Ok(browser)
    }

    /// A command of this session.
    async fn post(&self, what: &str, body: &Value) -> Result<Value> {
        self.command("POST", &format!("/session/{}/{what}", self.session), Some(body)).await
    }

    /// Goes to an address and waits until the page is loaded.
    pub(crate) async fn go(&self, address: &str) -> Result<()> {
        self.post("url", &json!({ "url": address })).await?;
        Ok(())
    }

    /// Asks the page; a promise is waited for.
    pub(crate) async fn ask(&self, body: &str) -> Result<Value> {
        let script = format!("return (async () => {{ {body} }})()");
        let asked = self.post("execute/sync", &json!({ "script": script, "args": [] })).await;
        asked.with_context(|| format!("the page was asked: {body}"))
    }

    /// Tells the browser something in its own protocol.
    pub(crate) async fn tell(&self, command: &str, parameters: Value) -> Result<Value> {
        let body = json!({ "cmd": command, "params": parameters });
        let told = self.post("goog/cdp/execute", &body).await;
        told.with_context(|| format!("the browser was told: {command}"))
    }

    /// What it has told of its traffic since it was last asked, as messages of its own protocol.
    pub(crate) async fn traffic(&self) -> Result<Vec<Value>> {
        let lines = self.post("se/log", &json!({ "type": "performance" })).await?;
        let lines = lines.as_array().context("no log")?;
        let message = |line: &Value| {
            let text = line.pointer("/message").and_then(Value::as_str)?;
            serde_json::from_str::<Value>(text).ok()?.get_mut("message").map(Value::take)
        };
        Ok(lines.iter().filter_map(message).collect())
    }

    /// A picture of what is seen.
    pub(crate) async fn picture(&self) -> Result<String> {
        let path = format!("/session/{}/screenshot", self.session);
        let picture = self.command("GET", &path, None).await?;
        Ok(picture.as_str().context("no picture")?.to_owned())
    }

    /// Ends the browser in peace.
    pub(crate) async fn close(self) -> Result<()> {
        self.command("DELETE", &format!("/session/{}", self.session), None).await?;
        Ok(())
    }

    async fn command(&self, method: &str, path: &str, body: Option<&Value>) -> Result<Value> {
        let body = body.map(Value::to_string).unwrap_or_default();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nhost: {}\r\ncontent-type: application/json\r\n\
             content-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        );
        let mut connection = Connection::open(self.address).await?;
        let answer = timeout(PATIENCE, connection.call(request.as_bytes())).await;
        let answer = answer.with_context(|| format!("the driver does not answer to {path}"))??;
        let mut body: Value = serde_json::from_slice(answer.body)?;
        let value = body.get_mut("value").map(Value::take).unwrap_or_default();
        if answer.status != 200 {
            let message = value.get("message").and_then(Value::as_str).unwrap_or("no reason");
            bail!("{}", message.lines().next().unwrap_or_default());
        }
        Ok(value)
    }
}

fn start(program: &Path, folder: &Path) -> Result<(Child, Lines<BufReader<ChildStdout>>)> {
    let mut driver = Command::new(program)
        .arg("--port=0")
        .env("TMPDIR", folder)
        .env("LANG", "en_US.UTF-8")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        // With its browser, which would outlive it after a failure.
        .process_group(0)
        .spawn()
        .with_context(|| format!("cannot start {}", program.display()))?;
    let stdout = driver.stdout.take().context("no stdout")?;
    Ok((driver, BufReader::new(stdout).lines()))
}

impl Drop for Browser {
    fn drop(&mut self) {
        if let Some(group) = self.driver.id() {
            let kill = ["-KILL", "--", &format!("-{group}")];
            let _ = std::process::Command::new("kill").args(kill).status();
        }
        // What a browser leaves in its folder is of no use to anybody.
        let _ = empty(&self.folder);
    }
}

fn empty(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

fn capabilities(programs: &Programs, folder: &Path, tells: bool) -> Value {
    let profile = format!("--user-data-dir={}", folder.join("profile").display());
    let mut options = json!({ "args": [
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--lang=en-US",
        WINDOW,
        profile,
    ] });
    if let (Some(options), Some(chromium)) = (options.as_object_mut(), &programs.chromium) {
        options.insert(String::from("binary"), json!(chromium));
    }
    let logs = if tells { json!({ "performance": "ALL" }) } else { json!({}) };
    json!({ "capabilities": { "alwaysMatch": {
        "browserName": "chrome",
        "goog:chromeOptions": options,
        "goog:loggingPrefs": logs,
        "timeouts": { "script": PATIENCE.as_millis() as u64 },
    } } })
}

/// The port that the driver picked: `… on port 1234.`; nothing when it ended without one. What it `said`
/// is put down.
async fn told_port(
    lines: &mut Lines<BufReader<ChildStdout>>,
    said: &mut String,
) -> Result<Option<u16>> {
    while let Some(line) = lines.next_line().await? {
        if let Some(port) = read_port(&line) {
            return Ok(Some(port));
        }
        said.push_str(&line);
        said.push(' ');
    }
    Ok(None)
}

fn read_port(line: &str) -> Option<u16> {
    line.split("successfully on port ").nth(1)?.trim_end_matches('.').parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_is_read_from_what_the_driver_says() {
        let line = "ChromeDriver was started successfully on port 40123.";
        assert_eq!(read_port(line), Some(40_123));
        assert_eq!(read_port("Starting ChromeDriver 156.0 on port 0"), None);
    }
}
