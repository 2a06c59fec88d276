//! Measures the support API on a large database, beside bare SQLite. `cargo xtask bench` builds and
//! calls it; it is no part of any test.
//!
//! In the order of reading: `data` makes the database, `scenario` the calls, `inside` listens to
//! what they ask SQLite, `load` calls the server (`program`), `bare` asks SQLite the same, `report`
//! compares.

mod bare;
mod data;
mod figures;
mod inside;
mod load;
mod machine;
mod plan;
mod program;
mod report;
mod run;
mod scenario;

use clap::Parser;
use plan::Plan;
use std::{path::PathBuf, process::ExitCode};

/// Measures the support server.
#[derive(Debug, Parser)]
#[command(name = "handrail-bench")]
struct Flags {
    /// The program `handrail-server`.
    #[arg(long, value_name = "FILE")]
    server: PathBuf,
    /// Where databases are kept.
    #[arg(long, value_name = "DIR")]
    folder: PathBuf,
    /// Requests in the large database.
    #[arg(long, default_value_t = 1_000_000, value_parser = clap::value_parser!(u32).range(1_000..))]
    requests: u32,
    /// A minute instead of several, with less certain figures.
    #[arg(long)]
    quick: bool,
    /// Only scenarios whose names contain this.
    #[arg(long, value_name = "TEXT", default_value = "")]
    only: String,
}

// One thread for all connections: the machine is shared with the server.
#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let flags = Flags::parse();
    let plan = if flags.quick { Plan::quick() } else { Plan::whole() };
    let Flags { server, folder, requests, only, .. } = &flags;
    match run::run(server, folder, *requests, plan, only).await {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("handrail-bench: {error:#}");
            ExitCode::FAILURE
        }
    }
}
