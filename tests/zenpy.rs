//! Zendesk's Python client, unchanged, against our server: a day of two customers and an agent, and
//! a customer who calls too often. What is checked stands in `tests/clients`.

use crate::support::{
    agent::{Agent, Record},
    driver::named,
    people::{ANA, BEN},
    script,
    server::Server,
};
use tokio::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn zenpy_works_unchanged_for_customers_and_agents() {
    let server = Server::start(&[]).await;
    let agent = Agent::hire(&server).await;
    let (email, token) = agent.credentials();
    let mut day = script("zenpy_day.py", &server).await;
    day.env("BEN", server.mint.identity_token(&BEN).await);
    day.env("AGENT_EMAIL", email).env("AGENT_TOKEN", token);
    script::run(day, REMEDY).await;

    // What it did is what the server has.
    let stored = Record::of(&ANA, &server).await.requests().await;
    let stored: Vec<_> =
        stored.iter().map(|it| (it["subject"].as_str(), it["status"].as_str())).collect();
    assert_eq!(
        stored,
        [
            (Some("Sent by zenpy"), Some("solved")),
            (Some("With files"), Some("new")),
            (Some("By telephone"), Some("new"))
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn zenpy_looks_after_people_and_organizations() {
    spend_agents_day("zenpy_people.py").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn zenpy_works_on_tickets_one_by_one_and_many_at_a_time() {
    spend_agents_day("zenpy_tickets.py").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn zenpy_keeps_to_a_limit_that_it_is_told() {
    let folder = tempfile::tempdir().expect("a folder for the configuration");
    let config = folder.path().join("handrail.toml");
    let limit = "[rates]\nperson = { calls = 3, seconds = 3 }\n";
    std::fs::write(&config, limit).expect("it is written");
    let server = Server::start(&["--config", config.to_str().expect("text")]).await;
    script::run(script("zenpy_limits.py", &server).await, REMEDY).await;
}

/// A day of an agent on a new server.
async fn spend_agents_day(name: &str) {
    let server = Server::start(&[]).await;
    let agent = Agent::hire(&server).await;
    let (email, token) = agent.credentials();
    let mut day = script(name, &server).await;
    day.env("AGENT_EMAIL", email).env("AGENT_TOKEN", token);
    script::run(day, REMEDY).await;
}

const REMEDY: &str = "HANDRAIL_ZENPY names a Python that has zenpy";

/// A script that knows where the server is and who Ana is.
async fn script(name: &str, server: &Server) -> Command {
    let python = named("HANDRAIL_ZENPY").unwrap_or_else(|| "python3".to_owned());
    let mut script = script::script(&python, name, server).await;
    script
        // Nothing is written beside the scripts.
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .env("ZENPY_FORCE_NETLOC", server.origin.trim_start_matches("http://"))
        .env("ZENPY_FORCE_SCHEME", "http")
        .env("NO_PROXY", "127.0.0.1");
    script
}
