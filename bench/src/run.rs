//! A run: prepare, listen, start the servers, measure round by round, report.

use crate::{
    bare::{Operation, Place, Readers, Writer},
    data::{self, Chance, Data, SEED, Size},
    figures::Figures,
    inside::{self, Inside},
    load::{Queue, load},
    machine,
    plan::{CONNECTIONS, Plan, SMALL},
    program::Program,
    report::{Cell, Report, Row},
    scenario::{Author, Kind},
};
use anyhow::Result;
use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

/// A scenario, ready to be measured.
struct Track {
    name: &'static str,
    kind: Kind,
    queue: Queue,
    operations: Vec<Operation>,
}

impl Track {
    fn row(&self) -> Row {
        let statements: usize = self.operations.iter().map(Operation::statements).sum();
        Row::new(self.name, self.kind, statements as f64 / self.operations.len().max(1) as f64)
    }
}

/// A database to be measured: the calls to make on it, and where.
struct Stage {
    tracks: Vec<Track>,
    database: PathBuf,
    place: Place,
    missing: Vec<&'static str>,
}

/// Measures `program` with everything it needs below `folder`; returns the report.
pub(crate) async fn run(
    program: &Path,
    folder: &Path,
    requests: u32,
    plan: Plan,
    only: &str,
) -> Result<String> {
    let start = Instant::now();
    let large = Data::prepare(folder, Size::of(requests)).await?;
    let small = Data::prepare(folder, Size::of(SMALL)).await?;
    let config = configure(folder)?;
    note("copying the databases");
    let large = stage(&config, folder, &large, "large", &plan, only).await?;
    let few = Plan { written: 0, ..plan };
    let small = stage(&config, folder, &small, "small", &few, only).await?;
    let disk = machine::disk(folder)?;

    let server = Program::start(program, &config, &large.database)?;
    let beside = Program::start(program, &config, &small.database)?;
    let mut readers = Readers::open(&large.place, CONNECTIONS.into_iter().max().unwrap_or(1))?;
    let created = large.tracks.iter().find(|track| track.kind == Kind::Create);
    let created = created.map(|track| track.operations.clone()).unwrap_or_default();
    let mut writer = Writer::open(&large.place, created)?;

    let mut rows: Vec<Row> = large.tracks.iter().map(Track::row).collect();
    for round in 0..=plan.rounds {
        // The first round warms up: it does the same for less long, and is thrown away.
        let warm_up = round == 0;
        note(&match round {
            0 => String::from("warming up"),
            _ => format!("round {round} of {}", plan.rounds),
        });
        let span = if warm_up { plan.warm_up } else { plan.call };
        let bare_span = if warm_up { plan.warm_up } else { plan.bare };
        for (track, row) in large.tracks.iter().zip(&mut rows) {
            let other = small.tracks.iter().find(|other| other.name == track.name);
            for (column, connections) in CONNECTIONS.into_iter().enumerate() {
                let mut cell = measure(&server, &track.queue, connections, span).await?;
                cell.bare = match track.kind {
                    Kind::Create if column == 0 => writer.write(plan.written)?,
                    Kind::Create => Figures::default(),
                    Kind::List | Kind::Read => {
                        readers.read(&track.operations, connections, bare_span)?
                    }
                };
                if let Some(other) = other.filter(|_| track.kind == Kind::List && connections <= 16)
                {
                    let small = measure(&beside, &other.queue, connections, span).await?;
                    cell.small = small.server;
                    cell.small_busy = small.busy;
                }
                if !warm_up {
                    row.add(column, cell);
                }
            }
        }
    }
    drop((server, beside));
    let report = Report {
        requests,
        rows,
        disk,
        took: start.elapsed(),
        bytes: fs::metadata(&large.database)?.len(),
        missing: large.missing,
        pragmas: large.place.pragmas.iter().map(|sql| sql.to_string()).collect(),
    };
    for name in ["large", "small", "bare"] {
        data::remove(&folder.join(format!("{name}.db")))?;
    }
    report.markdown()
}

async fn measure(
    server: &Program,
    queue: &Queue,
    connections: usize,
    span: std::time::Duration,
) -> Result<Cell> {
    server.forget_peak()?;
    let before = server.busy()?;
    let figures = load(server.address, queue, connections, span).await?;
    let busy = server.busy()?.saturating_sub(before);
    Ok(Cell { server: figures, busy, peak: server.peak()?, ..Cell::default() })
}

/// The configuration: as it comes, but for a secret that is known here, and for limits that nobody
/// reaches. Calls are counted against those all the same.
fn configure(folder: &Path) -> Result<PathBuf> {
    let path = folder.join("handrail.toml");
    let mut text = format!(
        "public_urls = [\"{}\"]\n\n[[identity.keys]]\nkid = \"bench\"\n\
         secret = \"known to everybody who has read this file\"\n\n[rates]\n",
        inside::base()
    );
    for who in ["person", "agent", "request_create", "address"] {
        writeln!(text, "{who} = {{ calls = 1000000, seconds = 1 }}")?;
    }
    fs::write(&path, text)?;
    Ok(path)
}

/// Copies a database, puts the calls together and listens to what each asks SQLite.
async fn stage(
    config: &Path,
    folder: &Path,
    data: &Data,
    name: &str,
    plan: &Plan,
    only: &str,
) -> Result<Stage> {
    let database = folder.join(format!("{name}.db"));
    let bare = folder.join("bare.db");
    data::remove(&database)?;
    machine::copy(&data.path, &database)?;
    if plan.written > 0 {
        data::remove(&bare)?;
        machine::copy(&data.path, &bare)?;
    }
    note(&format!("listening to the server on {} requests", data.world.size.requests));
    let mut inside = Inside::start(config, &database, data).await?;
    let chance = Chance::at(SEED, [99, 0, 0]);
    let scenarios = Author { inside: &mut inside, data, chance }.all().await?;
    let mut tracks = Vec::new();
    let mut missing = Vec::new();
    for scenario in scenarios.into_iter().filter(|scenario| scenario.name.contains(only)) {
        let calls = match scenario.kind {
            Kind::Create => plan.all_written(),
            Kind::List | Kind::Read => plan.heard.min(scenario.calls.len()),
        };
        let queue = Queue::new(scenario.calls);
        let operations = inside.listen(&queue, calls).await?;
        if calls == 0 || operations.is_empty() {
            missing.push(scenario.name);
            continue;
        }
        tracks.push(Track { name: scenario.name, kind: scenario.kind, queue, operations });
    }
    let place = Place::new(&bare, &inside.opening);
    inside.stop().await;
    Ok(Stage { tracks, database, place, missing })
}

fn note(text: &str) {
    eprintln!("   {text}");
}
