//! Measures the support API on a large database, beside bare SQLite, and the widget in a browser,
//! beside another one (`widget`). `cargo xtask bench` builds and calls it; it is no part of any test.
//!
//! Of the server, in the order of reading: `data` makes the database, `scenario` the calls, `inside`
//! listens to what they ask SQLite, `load` calls the server (`program`), `bare` asks SQLite the same,
//! `report` compares.

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
mod widget;

use anyhow::{Error, Result, anyhow};
use clap::{Args, Parser, Subcommand};
use plan::Plan;
use std::{path::PathBuf, process::ExitCode};
use tokio::signal::unix::{SignalKind, signal};

/// Measures Handrail.
#[derive(Debug, Parser)]
#[command(name = "handrail-bench")]
struct Cli {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Measures the support server.
    Server(Flags),
    /// Measures the widget.
    Widget(widget::Flags),
}

/// What it takes to measure the server.
#[derive(Debug, Args)]
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
    let what = Cli::parse().what;
    // Whoever ends this ends servers and browsers too: they go with the values that stand for them.
    let report = tokio::select! {
        report = measure(&what) => report,
        told = told_to_end() => Err(told),
    };
    match report {
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

async fn measure(what: &What) -> Result<String> {
    match what {
        What::Server(flags) => server(flags).await,
        What::Widget(flags) => widget::run(flags).await,
    }
}

async fn told_to_end() -> Error {
    let mut terminate = match signal(SignalKind::terminate()) {
        Ok(terminate) => terminate,
        Err(error) => return error.into(),
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => anyhow!("interrupted"),
        _ = terminate.recv() => anyhow!("told to end"),
    }
}

async fn server(flags: &Flags) -> Result<String> {
    let plan = if flags.quick { Plan::quick() } else { Plan::whole() };
    run::run(&flags.server, &flags.folder, flags.requests, plan, &flags.only).await
}
