//! Measures the widget in Chromium, beside Sentry's feedback widget.
//!
//! In the order of reading: `host` serves the pages and `probe.js` looks at them from inside, `driver`
//! and `page` are the browser and what a person does in it, `round` and `lists` what is done in which
//! order, `record` and `report` what came of it.

mod driver;
mod host;
mod lists;
mod measure;
mod page;
mod record;
mod report;
mod round;
mod samples;
mod seen;
mod subject;
mod traffic;

use crate::{
    data::{self, Data},
    inside::Inside,
    machine,
    program::Program,
};
use anyhow::{Context, Result, ensure};
use clap::Args;
use driver::Programs;
use host::Door;
use lists::REQUESTS;
use record::Record;
use report::Report;
use round::{Onlooker, Stand};
use std::{
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};
use subject::Subject;

/// The database that is measured on, in the folder of databases.
const DATABASE: &str = "widget.db";
/// Rounds of a quick run.
const QUICK: u32 = 3;

/// What it takes to measure the widget.
#[derive(Debug, Args)]
pub(crate) struct Flags {
    /// The program `handrail-server`.
    #[arg(long, value_name = "FILE")]
    server: PathBuf,
    /// The built site.
    #[arg(long, value_name = "DIR")]
    site: PathBuf,
    /// Sentry's widget in bundles.
    #[arg(long, value_name = "DIR")]
    sentry: PathBuf,
    /// Chromium; the driver knows the usual places.
    #[arg(long, env = "HANDRAIL_CHROMIUM", value_name = "FILE")]
    chromium: Option<PathBuf>,
    /// Chromium's driver.
    #[arg(
        long,
        env = "HANDRAIL_CHROMEDRIVER",
        value_name = "FILE",
        default_value = "chromedriver"
    )]
    driver: PathBuf,
    /// Where databases are kept.
    #[arg(long, value_name = "DIR")]
    folder: PathBuf,
    /// Times that everything is measured.
    #[arg(long, default_value_t = 9, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Three rounds, with less certain figures.
    #[arg(long, conflicts_with = "rounds")]
    quick: bool,
    /// Before all others a round that does not count, of which pictures and CPU profiles are put here.
    #[arg(long, value_name = "DIR")]
    look: Option<PathBuf>,
}

/// Measures; returns the report.
pub(crate) async fn run(flags: &Flags) -> Result<String> {
    let start = Instant::now();
    let rounds = if flags.quick { QUICK } else { flags.rounds };
    let site = fs::canonicalize(&flags.site).with_context(|| {
        format!("{} is no site: `cargo xtask build` makes it", flags.site.display())
    })?;
    let door = Door::find().await?;
    let data = Data::prepare_of_one(&flags.folder, REQUESTS).await?;
    let database = flags.folder.join(DATABASE);
    data::remove(&database)?;
    machine::copy(&data.path, &database)?;
    let config = configure(&flags.folder, &site, &door.origin())?;
    let token = token(&config, &database, &data).await?;
    let server = Program::start(&flags.server, &config, &database)?;
    let host = door.open(server.address, token, &flags.sentry)?;

    let programs = Programs { chromium: flags.chromium.clone(), driver: flags.driver.clone() };
    let folder = std::env::temp_dir().join(format!("handrail-bench-{}", std::process::id()));
    let stand = Stand { programs: &programs, host: &host, folder };
    let look = Onlooker(flags.look.clone());
    if let Some(folder) = &flags.look {
        fs::create_dir_all(folder).with_context(|| format!("cannot make {}", folder.display()))?;
        note("a round to look at");
        everybody(&stand, 0, &mut Record::default(), &look).await?;
    }
    let mut record = Record::default();
    note("weighing");
    for subject in Subject::ALL.into_iter().filter(|subject| subject.is_widget()) {
        let weighed = stand.weigh(subject, &mut record, &look).await;
        weighed.with_context(|| subject.title())?;
    }
    let mut browser = String::new();
    for round in 1..=rounds {
        note(&format!("round {round} of {rounds}"));
        browser = everybody(&stand, round, &mut record, &Onlooker::default()).await?;
    }
    drop(server);
    data::remove(&database)?;
    Report { record, rounds, browser, took: start.elapsed() }.markdown()
}

/// Each widget once, beginning with another one each round, so that none has the better times of day.
/// What the browser's version is.
async fn everybody(
    stand: &Stand<'_>,
    round: u32,
    record: &mut Record,
    look: &Onlooker,
) -> Result<String> {
    let mut order = Subject::ALL;
    order.rotate_left(round as usize % Subject::ALL.len());
    let mut browser = String::new();
    for subject in order {
        let measured = stand.round(subject, record, look).await;
        browser = measured.with_context(|| format!("{} in round {round}", subject.title()))?;
    }
    Ok(browser)
}

/// A configuration as it comes, but for a key that is known here, the site, the host's origin and
/// limits: a run does in minutes what people do in days.
fn configure(folder: &Path, site: &Path, origin: &str) -> Result<PathBuf> {
    let site = site.to_str().context("the site's name is no text")?;
    let mut text = format!(
        "site = {site:?}\nallowed_origins = [{origin:?}]\n\n[[identity.keys]]\nkid = \"bench\"\n\
         secret = \"known to everybody who has read this file\"\n\n[rates]\n"
    );
    for who in ["person", "agent", "request_create", "address"] {
        writeln!(text, "{who} = {{ calls = 0, seconds = 60 }}")?;
    }
    let path = folder.join("widget.toml");
    fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
    Ok(path)
}

/// The identity token of the one person.
async fn token(config: &Path, database: &Path, data: &Data) -> Result<String> {
    let inside = Inside::start(config, database, data).await?;
    let header = inside.person(0)?;
    inside.stop().await;
    let token = header.strip_prefix("Bearer ").unwrap_or_default();
    ensure!(!token.is_empty(), "no token was made");
    Ok(token.to_owned())
}

fn note(text: &str) {
    eprintln!("   {text}");
}
