//! Tells the waiting person what is being done and how long it took.
//!
//! It writes to stderr: stdout belongs to results, and to the server that `run` becomes.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

/// Announces `what`, does it, and says how long it took. An error is headed by `what`.
pub(crate) fn step<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    timed(what, work).map(|(value, _)| value)
}

/// Like [`step`], for callers that sum the times up.
pub(crate) fn timed<T>(what: &str, work: impl FnOnce() -> Result<T>) -> Result<(T, Duration)> {
    eprintln!("\n== {what}");
    let start = Instant::now();
    let value = work().with_context(|| format!("{what} failed"))?;
    let took = start.elapsed();
    eprintln!("   {what}: done in {}", seconds(took));
    Ok((value, took))
}

/// A line that needs no headline.
pub(crate) fn note(text: &str) {
    eprintln!("   {text}");
}

/// Tenths of seconds below a minute, minutes and seconds above.
pub(crate) fn seconds(took: Duration) -> String {
    match took.as_secs() {
        0..60 => format!("{:.1} s", took.as_secs_f32()),
        whole => format!("{} min {} s", whole / 60, whole % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_readable() {
        assert_eq!(seconds(Duration::from_millis(340)), "0.3 s");
        assert_eq!(seconds(Duration::from_secs(272)), "4 min 32 s");
    }

    #[test]
    fn a_failed_step_names_itself_first() {
        let error = step("baking", || -> Result<()> { anyhow::bail!("no oven") }).unwrap_err();
        assert_eq!(format!("{error:#}"), "baking failed: no oven");
    }
}
