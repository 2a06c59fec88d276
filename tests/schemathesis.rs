//! schemathesis against our server: calls made up from the description of the API, thousands of
//! them, sensible and not. None may be answered by a fault of ours, with a status, type or shape that
//! is not described, or taken although its body is not what is described. How it calls stands in
//! `tests/clients/schemathesis.toml`.

use crate::support::{
    agent::{Agent, Record},
    driver::named,
    people::{ANA, BEN},
    server::Server,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};
use std::path::Path;
use tokio::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_customer_sends_is_answered_as_described() {
    let server = with_records().await;
    let token = server.mint.identity_token(&ANA).await;
    // What is for agents alone refuses a customer before it reads anything.
    run(&server, &format!("Bearer {token}"), "--exclude-operation-id").await;

    // It was let in, and some of what it made up was good.
    assert!(Record::of(&ANA, &server).await.requests().await.len() > 2 + 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_an_agent_sends_is_answered_as_described() {
    let server = with_records().await;
    let agent = Agent::hire(&server).await;
    let (email, token) = agent.credentials();
    let credentials = STANDARD.encode(format!("{email}/token:{token}"));
    // Elsewhere an agent is taken for a customer.
    run(&server, &format!("Basic {credentials}"), "--include-operation-id").await;

    assert!(agent.count_comments(1001).await > 1 + 5);
}

/// A server on which the ids of the configuration name something that a customer and an agent can
/// see: 1001 and 1002 are Ana's, the second answered; on 1003 she is copied. The agent is copied on
/// all of them, to see them as anybody does.
async fn with_records() -> Server {
    let unlimited = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients/unlimited.toml");
    let server = Server::start(&["--config", unlimited]).await;
    let agent = Agent::hire(&server).await;
    let (email, _) = agent.credentials();
    let ana = Record::of(&ANA, &server).await;
    ana.create("The crawler stands still", &[email]).await;
    let answered = ana.create("The export is late", &[BEN.email, email]).await;
    Record::of(&BEN, &server).await.create("Ben's own", &[ANA.email, email]).await;
    agent.reply(answered, "We look into it.", json!({"assignee_email": email})).await;
    agent.note(answered, "It is the disk.").await;
    server
}

/// The names of the operations that the description says are for agents alone.
fn operations_of_agents() -> Vec<String> {
    let description = include_str!("../docs/openapi.json");
    let description: Value = serde_json::from_str(description).expect("a description");
    let paths = description["paths"].as_object().expect("paths").values();
    let operations = paths.filter_map(Value::as_object).flat_map(|verbs| verbs.values());
    operations
        .filter(|operation| operation["security"] == json!([{"agent": []}]))
        .map(|operation| operation["operationId"].as_str().expect("a name").to_owned())
        .collect()
}

/// Calls the server as that somebody; `agents` says what to do with the operations of agents.
async fn run(server: &Server, authorization: &str, agents: &str) {
    let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
    let folder = tempfile::tempdir().expect("a folder for what it writes");
    let python = named("HANDRAIL_SCHEMATHESIS").unwrap_or_else(|| "python3".to_owned());
    let output = Command::new(python)
        .args(["-m", "schemathesis.cli", "--config-file"])
        .arg(clients.join("schemathesis.toml"))
        .args(["run", "--no-color"])
        .arg(format!("{}/api/handrail/v1/openapi.json", server.origin))
        .args(operations_of_agents().iter().flat_map(|id| [agents, id]))
        .env("HANDRAIL_AUTHORIZATION", authorization)
        .env("NO_PROXY", "127.0.0.1")
        .env("PYTHONPATH", &clients)
        .env("PYTHONDONTWRITEBYTECODE", "1")
        // Hypothesis writes where it stands.
        .current_dir(folder.path())
        .output()
        .await
        .expect("HANDRAIL_SCHEMATHESIS names a Python that has schemathesis");
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(output.status.success(), "{said}\n{wrong}");
}
