//! Zendesk's Python client, unchanged, against our server: a day of two customers and an agent, and
//! a customer who calls too often. What is checked stands in `tests/clients`.

use crate::support::{
    agent::{Agent, Record},
    driver::named,
    people::{ANA, BEN},
    server::Server,
};
use std::path::Path;
use tokio::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn zenpy_works_unchanged_for_customers_and_agents() {
    let server = Server::start(&[]).await;
    let agent = Agent::hire(&server).await;
    let (email, token) = agent.credentials();
    let mut day = script("zenpy_day.py", &server).await;
    day.env("BEN", server.mint.identity_token(&BEN).await);
    day.env("AGENT_EMAIL", email).env("AGENT_TOKEN", token);
    run(day).await;

    // What it did is what the server has.
    let stored = Record::of(&ANA, &server).await.requests().await;
    let stored: Vec<_> =
        stored.iter().map(|it| (it["subject"].as_str(), it["status"].as_str())).collect();
    assert_eq!(
        stored,
        [(Some("Sent by zenpy"), Some("solved")), (Some("With files"), Some("new"))]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn zenpy_looks_after_people_and_organizations() {
    let server = Server::start(&[]).await;
    let agent = Agent::hire(&server).await;
    let (email, token) = agent.credentials();
    let mut day = script("zenpy_people.py", &server).await;
    day.env("AGENT_EMAIL", email).env("AGENT_TOKEN", token);
    run(day).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn zenpy_keeps_to_a_limit_that_it_is_told() {
    let folder = tempfile::tempdir().expect("a folder for the configuration");
    let config = folder.path().join("handrail.toml");
    let limit = "[rates]\nperson = { calls = 3, seconds = 3 }\n";
    std::fs::write(&config, limit).expect("it is written");
    let server = Server::start(&["--config", config.to_str().expect("text")]).await;
    run(script("zenpy_limits.py", &server).await).await;
}

/// A script that knows where the server is and who Ana is.
async fn script(name: &str, server: &Server) -> Command {
    let python = named("HANDRAIL_ZENPY").unwrap_or_else(|| "python3".to_owned());
    let mut script = Command::new(python);
    script
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients").join(name))
        // Nothing is written beside the scripts.
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("ZENPY_FORCE_NETLOC", server.origin.trim_start_matches("http://"))
        .env("ZENPY_FORCE_SCHEME", "http")
        .env("NO_PROXY", "127.0.0.1")
        .env("ANA", server.mint.identity_token(&ANA).await);
    script
}

async fn run(mut script: Command) {
    let output = script.output().await.expect("HANDRAIL_ZENPY names a Python that has zenpy");
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(output.status.success(), "after these checks:\n{said}\n{wrong}");
    assert!(said.ends_with("all checks passed\n"), "{said}");
}
