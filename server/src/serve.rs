//! The three commands: serve, token, agent-token.

use crate::{
    AppState,
    cli::{ServeFlags, TokenFlags},
    config::{Config, ConfigError, Log, LogFormat},
    connections, demo,
    domain::address,
    env::Env,
    identity::{self, MintError},
    jobs, router,
    state::{Addresses, StateError},
    store::StoreError,
};
use api::identity::{Claims, OrganizationClaim};
use chrono::TimeDelta;
use std::{
    io::{self, IsTerminal as _},
    net::SocketAddr,
    time::Duration,
};
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};
use tracing_subscriber::EnvFilter;

pub mod agents;
mod files;

pub use agents::{agent_token, issue_agent_token};

/// How long calls in flight may take once the server is told to stop.
const LAST_CALLS: Duration = Duration::from_secs(20);

/// Why a command did not do its work.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    #[error("configuration: {0}")]
    Config(#[from] ConfigError),
    #[error("{0} cannot be listened on: {1}")]
    Listen(SocketAddr, io::Error),
    #[error("start: {0}")]
    State(#[from] StateError),
    #[error("database: {0}")]
    Store(#[from] StoreError),
    #[error("files: the folder belongs to another database")]
    ForeignFiles,
    #[error("demo: {0}")]
    Demo(#[from] demo::DemoError),
    #[error("token: {0}")]
    Mint(#[from] MintError),
    #[error("log filter: {0}")]
    Log(#[from] tracing_subscriber::filter::ParseError),
    #[error("{0} is not an e-mail address")]
    Address(String),
    #[error("{0} is nobody's address here")]
    Nobody(String),
    #[error("there is no token {0} of that agent that holds")]
    NoToken(i64),
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Serves until SIGTERM or SIGINT, then finishes what is in flight and leaves the database whole.
///
/// # Errors
/// When it cannot start.
pub async fn serve(flags: &ServeFlags) -> Result<(), CommandError> {
    let mut config = flags.config()?;
    log(&config.log)?;
    let listener = listen(config.listen).await?;
    let support = listener.local_addr()?;
    let demo_listener = if config.demo { Some(listen_beside(config.listen).await?) } else { None };
    let demo = demo_listener.as_ref().map(TcpListener::local_addr).transpose()?;
    if let Some(demo) = demo {
        config.allowed_origins.push(format!("http://{demo}"));
        config.allowed_origins.push(format!("http://localhost:{}", demo.port()));
    }
    let addresses = Addresses { support, demo };
    let state = AppState::open(config, Env::system(), addresses).await?;
    // Found out now, or a person would with the first file they send.
    files::claim(&state).await?;
    if state.config.demo {
        demo::seed(&state).await?;
    }

    let serve = |listener, app| {
        connections::serve(listener, app, state.config.connections, state.stopping.subscribe())
    };
    let mut servers = tokio::task::JoinSet::new();
    servers.spawn(serve(listener, router(state.clone())));
    println!("listening on http://{support}");
    if let (Some(listener), Some(address)) = (demo_listener, demo) {
        servers.spawn(serve(listener, demo::host_router(state.clone())));
        println!("demo on http://{address}/demo/");
    }
    let jobs = jobs::start(&state);
    told_to_stop().await?;
    tracing::info!("stopping: calls in flight are finished first");
    state.stopping.send_replace(true);
    let finished =
        tokio::time::timeout(LAST_CALLS, async { while servers.join_next().await.is_some() {} });
    if finished.await.is_err() {
        tracing::warn!("some calls did not finish in time and were cut off");
    }
    drop(jobs);
    state.store.close().await;
    tracing::info!("stopped");
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<TcpListener, CommandError> {
    TcpListener::bind(address).await.map_err(|error| CommandError::Listen(address, error))
}

/// The next port, or any free one if that is taken or the first was free to choose.
async fn listen_beside(first: SocketAddr) -> Result<TcpListener, CommandError> {
    let mut beside = first;
    beside.set_port(if first.port() == 0 { 0 } else { first.port().wrapping_add(1) });
    match listen(beside).await {
        Ok(listener) => Ok(listener),
        Err(_) => {
            beside.set_port(0);
            listen(beside).await
        }
    }
}

async fn told_to_stop() -> io::Result<()> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}

/// Prints an identity token.
///
/// # Errors
/// When the address is none or the database cannot be opened.
pub async fn token(flags: &TokenFlags) -> Result<(), CommandError> {
    let state = open(flags.place.config()?).await?;
    let email = address::normalize(&flags.email)
        .ok_or_else(|| CommandError::Address(flags.email.clone()))?;
    let claims = Claims {
        scope: String::from("user"),
        external_id: flags.external_id.clone().unwrap_or_else(|| email.clone()),
        name: flags.name.clone().unwrap_or_else(|| address::name_of(&email)),
        email,
        email_verified: true,
        exp: (state.env.now() + TimeDelta::seconds(flags.ttl.into())).timestamp(),
        aud: Some(state.config.identity.audience.clone()),
        organization: flags
            .organization
            .clone()
            .map(|name| OrganizationClaim { external_id: name.clone(), name }),
        plan: flags.plan.clone(),
        ..Claims::default()
    };
    println!("{}", identity::mint(&state, &claims)?);
    state.store.close().await;
    Ok(())
}

async fn open(config: Config) -> Result<AppState, StateError> {
    let addresses = Addresses { support: config.listen, demo: None };
    // Printing a token needs no site, and must work before there is one.
    let config = Config { site: None, ..config };
    AppState::open(config, Env::system(), addresses).await
}

fn log(config: &Log) -> Result<(), CommandError> {
    let filter = EnvFilter::try_new(&config.filter)?;
    // Colours are for somebody who looks; a file or a journal would keep them as signs.
    let lines = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_ansi(io::stderr().is_terminal());
    match config.format {
        LogFormat::Text => lines.init(),
        LogFormat::Json => lines.json().init(),
    }
    Ok(())
}
