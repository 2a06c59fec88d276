//! A display that nobody looks at, for a browser that cannot do without.

use super::{driver::named, waiting::PATIENCE};
use std::process::Stdio;
use tokio::{
    io::{AsyncBufReadExt, BufReader},
    process::{Child, Command},
    time::timeout,
};

/// A running Xvfb; it ends when this is dropped.
pub(super) struct Display {
    /// As `DISPLAY` wants it.
    pub(super) name: String,
    _child: Child,
}

impl Display {
    pub(super) async fn open() -> Self {
        let program = named("HANDRAIL_XVFB").unwrap_or_else(|| "Xvfb".to_owned());
        let mut child = Command::new(&program)
            // It picks a number that is free, and prints it when it is ready.
            .args(["-displayfd", "1", "-screen", "0", "1280x1000x24", "-nolisten", "tcp"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}; `cargo xtask test` installs it"));
        let stdout = child.stdout.take().expect("it is piped");
        let mut lines = BufReader::new(stdout).lines();
        let number = timeout(PATIENCE, lines.next_line()).await.expect("Xvfb starts in time");
        let number = number.ok().flatten().expect("Xvfb has a number");
        Self { name: format!(":{number}"), _child: child }
    }
}
