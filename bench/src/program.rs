//! The server that is measured: the release program, started as an operator would start it, and
//! what the kernel says about its memory and its time on the processors.

use anyhow::{Context, Result};
use std::{
    fs::{self, File},
    io::{BufRead, BufReader},
    net::SocketAddr,
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

/// A running server; it ends with this value.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: SocketAddr,
}

impl Program {
    /// Starts it on a free port. Its log goes to a file, as it is by default.
    pub(crate) fn start(program: &Path, config: &Path, database: &Path) -> Result<Self> {
        let mut child = Command::new(program)
            .args(["serve", "--listen", "127.0.0.1:0", "--config"])
            .arg(config)
            .arg("--database")
            .arg(crate::data::url(database))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(File::create(database.with_extension("log"))?)
            .spawn()
            .with_context(|| format!("cannot start {}", program.display()))?;
        let stdout = child.stdout.take().context("no stdout")?;
        let mut line = String::new();
        BufReader::new(stdout).read_line(&mut line)?;
        let address = line.trim().strip_prefix("listening on http://");
        let address = address.and_then(|text| text.parse().ok());
        let address = address.with_context(|| {
            let _ = child.kill();
            format!("the server did not start; see {}", database.with_extension("log").display())
        })?;
        Ok(Self { child, address })
    }

    /// The most memory that was resident since the last [`forget_peak`](Self::forget_peak), in bytes.
    pub(crate) fn peak(&self) -> Result<u64> {
        let status = fs::read_to_string(self.file("status"))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
        Ok(kilobytes.context("the kernel tells no VmHWM")? * 1024)
    }

    /// Lets the peak of memory begin anew at what is resident now.
    pub(crate) fn forget_peak(&self) -> Result<()> {
        Ok(fs::write(self.file("clear_refs"), "5")?)
    }

    /// How long its threads have been on a processor.
    pub(crate) fn busy(&self) -> Result<Duration> {
        let mut nanoseconds = 0;
        for thread in fs::read_dir(self.file("task"))? {
            // A thread that has just ended has no file any more.
            let text = fs::read_to_string(thread?.path().join("schedstat")).unwrap_or_default();
            nanoseconds += text.split(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0_u64);
        }
        Ok(Duration::from_nanos(nanoseconds))
    }

    fn file(&self, name: &str) -> String {
        format!("/proc/{}/{name}", self.child.id())
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = Command::new("kill").arg(self.child.id().to_string()).status();
        let _ = self.child.wait();
    }
}
