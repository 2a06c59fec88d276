//! The figures as tables of Markdown, and what they say about the goals.

use crate::{
    bare,
    figures::Figures,
    machine,
    plan::{CONNECTIONS, SMALL},
    scenario::Kind,
};
use anyhow::Result;
use std::{fmt::Write as _, time::Duration};

/// The goals of the service, from its first milestone.
const READ_WITHIN: Duration = Duration::from_millis(10);
const LIST_WITHIN: f64 = 1.5;
const CREATE_WITHIN: f64 = 2.0;

/// What was measured of a scenario at a number of connections.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cell {
    pub(crate) server: Figures,
    /// Time that the server's threads were on a processor.
    pub(crate) busy: Duration,
    /// The most memory, in bytes.
    pub(crate) peak: u64,
    pub(crate) bare: Figures,
    /// The same calls on the small database.
    pub(crate) small: Figures,
    pub(crate) small_busy: Duration,
}

/// What was measured of a scenario.
pub(crate) struct Row {
    name: &'static str,
    kind: Kind,
    /// Statements of a call, on average.
    statements: f64,
    cells: [Cell; CONNECTIONS.len()],
}

/// All of a run.
pub(crate) struct Report {
    pub(crate) requests: u32,
    pub(crate) rows: Vec<Row>,
    pub(crate) disk: Figures,
    pub(crate) took: Duration,
    /// Length of the database.
    pub(crate) bytes: u64,
    /// Scenarios for which the server has no route.
    pub(crate) missing: Vec<&'static str>,
    pub(crate) pragmas: Vec<String>,
}

impl Cell {
    /// Processor time of a call.
    fn cost(&self) -> Duration {
        each(self.busy, &self.server)
    }

    fn small_cost(&self) -> Duration {
        each(self.small_busy, &self.small)
    }
}

fn each(busy: Duration, figures: &Figures) -> Duration {
    busy / u32::try_from(figures.calls().max(1)).unwrap_or(u32::MAX)
}

impl Row {
    pub(crate) fn new(name: &'static str, kind: Kind, statements: f64) -> Self {
        Self { name, kind, statements, cells: Default::default() }
    }

    /// Takes in a cell of a round.
    pub(crate) fn add(&mut self, column: usize, cell: Cell) {
        if let Some(kept) = self.cells.get_mut(column) {
            kept.server.add(cell.server);
            kept.bare.add(cell.bare);
            kept.small.add(cell.small);
            kept.busy += cell.busy;
            kept.small_busy += cell.small_busy;
            kept.peak = kept.peak.max(cell.peak);
        }
    }

    /// The cell at so many connections.
    fn at(&self, connections: usize) -> Option<&Cell> {
        CONNECTIONS.iter().zip(&self.cells).find(|(at, _)| **at == connections).map(|(_, it)| it)
    }
}

impl Report {
    /// The report as text.
    pub(crate) fn markdown(&self) -> Result<String> {
        let mut text = String::new();
        self.head(&mut text)?;
        self.table(&mut text)?;
        self.comparison(&mut text)?;
        self.goals(&mut text)?;
        Ok(text)
    }

    fn head(&self, text: &mut String) -> Result<()> {
        let requests = u64::from(self.requests);
        writeln!(text, "## `cargo xtask bench server`\n")?;
        writeln!(
            text,
            "- data: {} requests, {} comments, {} organizations; a file of {}",
            thousands(requests),
            thousands(requests * 3),
            thousands(requests / 100),
            megabytes(self.bytes)
        )?;
        writeln!(
            text,
            "- machine: {}, {} of memory, shared by server, load and bare SQLite",
            machine::processors(),
            megabytes(machine::memory())
        )?;
        writeln!(
            text,
            "- disk: a page written and synchronized in {} (p50), {} (p99)",
            time(self.disk.percentile(50)),
            time(self.disk.percentile(99))
        )?;
        writeln!(
            text,
            "- server: the release program on loopback, its log as by default, to a file; \
             calls as the widget makes them, by many people, each connection waiting for its answer"
        )?;
        writeln!(
            text,
            "- bare: SQLite {} through its own interface on a copy of the database, each statement \
             compiled once, a thread a connection; the statements and their values are those that \
             SQLite itself told (sqlite3_trace_v2) while the server answered such calls; {}",
            bare::sqlite_version()?,
            self.pragmas.join(" ")
        )?;
        for name in &self.missing {
            writeln!(text, "- not measured: {name}; there is no such route, or nothing so large")?;
        }
        writeln!(text, "- took {} s", self.took.as_secs())?;
        Ok(())
    }

    fn table(&self, text: &mut String) -> Result<()> {
        text.push_str(
            "\n| | conn. | calls/s | p50 | p99 | max | CPU a call | memory | \
             statements | bare/s | bare p50 | bare p99 |\n",
        );
        text.push_str("|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
        for row in &self.rows {
            for (connections, cell) in CONNECTIONS.iter().zip(&row.cells) {
                let figures = &cell.server;
                write!(
                    text,
                    "| {} | {connections} | {:.0} | {} | {} | {} | {} | {} | {:.1} |",
                    row.name,
                    figures.rate(),
                    time(figures.percentile(50)),
                    time(figures.percentile(99)),
                    time(figures.longest()),
                    time(cell.cost()),
                    megabytes(cell.peak),
                    row.statements
                )?;
                match cell.bare.calls() {
                    0 => text.push_str(" | | |\n"),
                    _ => writeln!(
                        text,
                        " {:.0} | {} | {} |",
                        cell.bare.rate(),
                        time(cell.bare.percentile(50)),
                        time(cell.bare.percentile(99))
                    )?,
                }
            }
        }
        Ok(())
    }

    fn comparison(&self, text: &mut String) -> Result<()> {
        writeln!(
            text,
            "\n| a page among {}: as many times what it takes among {} | p50, 1 conn. | \
             CPU, 1 conn. | p50, 16 conn. | CPU, 16 conn. |",
            thousands(self.requests.into()),
            thousands(SMALL.into())
        )?;
        text.push_str("|---|---:|---:|---:|---:|\n");
        for row in self.rows.iter().filter(|row| row.kind == Kind::List) {
            write!(text, "| {} |", row.name)?;
            for cell in [1, 16].into_iter().filter_map(|connections| row.at(connections)) {
                let [wait, cost] = growth(cell);
                write!(text, " {wait:.2} | {cost:.2} |")?;
            }
            text.push('\n');
        }
        Ok(())
    }

    fn goals(&self, text: &mut String) -> Result<()> {
        text.push_str("\n| goal | measured | |\n|---|---|---|\n");
        let mut goal = |what: &str, measured: String, met: bool| {
            let verdict = if met { "met" } else { "**missed**" };
            writeln!(text, "| {what} | {measured} | {verdict} |")
        };
        let reads = self.rows.iter().filter(|row| row.kind != Kind::Create);
        let slowest = reads.filter_map(|row| Some((row.at(16)?.server.percentile(99), row.name)));
        if let Some((slowest, name)) = slowest.max() {
            let what = "p99 of every read below 10 ms at 16 connections";
            goal(what, format!("{} ({name})", time(slowest)), slowest < READ_WITHIN)?;
        }
        let lists = self.rows.iter().filter(|row| row.kind == Kind::List);
        let grown =
            lists.filter_map(|row| Some((growth(row.at(1)?), growth(row.at(16)?), row.name)));
        let grown = grown.map(|([wait, cost], [_, load], name)| (wait.max(cost).max(load), name));
        if let Some((times, name)) = grown.max_by(|one, other| one.0.total_cmp(&other.0)) {
            let what = format!("lists cost at most {LIST_WITHIN} times what they do among {SMALL}");
            goal(&what, format!("{times:.2} times ({name})"), times <= LIST_WITHIN)?;
        }
        let create = self.rows.iter().find(|row| row.kind == Kind::Create);
        if let Some((one, many)) = create.and_then(|row| Some((row.at(1)?, row.at(16)?))) {
            let bare = one.bare.percentile(50).as_secs_f64();
            let times = one.server.percentile(50).as_secs_f64() / bare.max(f64::MIN_POSITIVE);
            let what = "create within 2 times of bare SQLite committing one by one";
            goal(what, format!("{times:.2} times (p50)"), times <= CREATE_WITHIN)?;
            let (rate, bare) = (many.server.rate(), one.bare.rate());
            let what = "create at 16 connections faster than that";
            goal(what, format!("{rate:.0}/s, bare {bare:.0}/s"), rate > bare)?;
        }
        Ok(())
    }
}

/// How many times as much waiting and as much processor time a call needs on the large database.
fn growth(cell: &Cell) -> [f64; 2] {
    let times = |large: Duration, small: Duration| {
        large.as_secs_f64() / small.as_secs_f64().max(f64::MIN_POSITIVE)
    };
    [
        times(cell.server.percentile(50), cell.small.percentile(50)),
        times(cell.cost(), cell.small_cost()),
    ]
}

/// A time in the unit in which it has three digits.
fn time(of: Duration) -> String {
    match of.as_micros() {
        0..1_000 => format!("{} µs", of.as_micros()),
        1_000..100_000 => format!("{:.1} ms", of.as_secs_f64() * 1e3),
        _ => format!("{} ms", of.as_millis()),
    }
}

fn megabytes(bytes: u64) -> String {
    match bytes {
        0..10_000_000_000 => format!("{} MB", bytes / 1_000_000),
        _ => format!("{} GB", bytes / 1_000_000_000),
    }
}

/// A number with a comma before each three digits.
fn thousands(number: u64) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{},{:03}", thousands(number / 1_000), number % 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_readable() {
        assert_eq!(thousands(1_000_000), "1,000,000");
        assert_eq!(thousands(3_045), "3,045");
        assert_eq!(time(Duration::from_micros(95)), "95 µs");
        assert_eq!(time(Duration::from_micros(9_949)), "9.9 ms");
        assert_eq!(time(Duration::from_millis(250)), "250 ms");
        assert_eq!(megabytes(44_900_000), "44 MB");
    }
}
