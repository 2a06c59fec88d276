//! The `handrail-server` program: reads the command line and does what it says.

use clap::Parser;
use handrail_server::{
    cli::{Cli, Command},
    serve,
};
use std::process::ExitCode;

/// Answers are made of many small texts, by several threads at once.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

#[tokio::main]
async fn main() -> ExitCode {
    let done = match &Cli::parse().command {
        Command::Serve(flags) => serve::serve(flags).await,
        Command::Token(flags) => serve::token(flags).await,
        Command::AgentToken(flags) => serve::agent_token(flags).await,
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("handrail-server: {error}");
            ExitCode::FAILURE
        }
    }
}
