//! What the figures were measured on.

use anyhow::Result;
use std::{
    fs::{self, File},
    io::{Seek, SeekFrom, Write},
    path::Path,
    time::{Duration, Instant},
};

use crate::figures::Figures;

/// Writes of the probe, each as large as a page of the database.
const PROBES: usize = 500;
const PAGE: [u8; 4096] = [7; 4096];

/// The processor's name and how many of them there are.
pub(crate) fn processors() -> String {
    let count = std::thread::available_parallelism().map_or(1, usize::from);
    let text = fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let name = name.map_or("unknown", |(_, name)| name);
    format!("{count} x {name}")
}

/// Memory of the machine, in bytes.
pub(crate) fn memory() -> u64 {
    let text = fs::read_to_string("/proc/meminfo").unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("MemTotal:"));
    let kilobytes = line.and_then(|line| line.trim().split(' ').next()?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1024
}

/// How long a page takes to the disk: written into a file that has its length, and synchronized.
pub(crate) fn disk(folder: &Path) -> Result<Figures> {
    let path = folder.join("probe.tmp");
    let mut file = File::create(&path)?;
    for _ in 0..PROBES {
        file.write_all(&PAGE)?;
    }
    file.sync_all()?;
    file.seek(SeekFrom::Start(0))?;
    let mut times = Vec::with_capacity(PROBES);
    let start = Instant::now();
    for _ in 0..PROBES {
        let before = Instant::now();
        file.write_all(&PAGE)?;
        file.sync_data()?;
        times.push(before.elapsed());
    }
    let figures = Figures::new(times, start.elapsed());
    fs::remove_file(path)?;
    Ok(figures)
}

/// Copies a file and waits until it is on disk, so that its way there disturbs nothing later.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<Duration> {
    let start = Instant::now();
    fs::copy(from, to)?;
    File::open(to)?.sync_all()?;
    Ok(start.elapsed())
}
