//! Zendesk's client for Node.js, unchanged, against our server: a day of two customers and an agent,
//! and a customer who calls too often. What is checked stands in `tests/clients`.

use crate::support::{
    agent::{Agent, Record},
    driver::named,
    people::{ANA, BEN},
    script,
    server::Server,
};
use tokio::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn node_zendesk_works_unchanged_for_customers_and_agents() {
    let server = Server::start(&[]).await;
    let agent = Agent::hire(&server).await;
    let (email, token) = agent.credentials();
    let mut day = script("node_zendesk_day.js", &server).await;
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
            (Some("Sent by node-zendesk"), Some("solved")),
            (Some("With files"), Some("closed")),
            (Some("By telephone"), Some("new"))
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn node_zendesk_understands_that_it_calls_too_often() {
    let folder = tempfile::tempdir().expect("a folder for the configuration");
    let config = folder.path().join("handrail.toml");
    std::fs::write(&config, "[rates]\nperson = { calls = 3, seconds = 60 }\n")
        .expect("it is written");
    let config = config.to_str().expect("a path that is text");
    let server = Server::start(&["--config", config]).await;
    script::run(script("node_zendesk_limits.js", &server).await, REMEDY).await;
}

const REMEDY: &str = "Node.js is there, and HANDRAIL_NODE_ZENDESK names where node-zendesk is";

/// A script that knows where the server is and who Ana is.
async fn script(name: &str, server: &Server) -> Command {
    let mut node = script::script("node", name, server).await;
    node.env("NODE_PATH", named("HANDRAIL_NODE_ZENDESK").unwrap_or_default())
        .env("ENDPOINT_URI", format!("{}/api/v2", server.origin));
    node
}
