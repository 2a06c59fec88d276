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
use serde_json::json;
use std::path::Path;
use tokio::process::Command;

#[tokio::test(flavor = "multi_thread")]
async fn whatever_a_customer_sends_is_answered_as_described() {
    let server = with_records().await;
    let token = server.mint.identity_token(&ANA).await;
    run(&server, &format!("Bearer {token}")).await;

    // It was let in, and some of what it made up was good.
    assert!(Record::of(&ANA, &server).await.requests().await.len() > 2 + 10);
}

#[tokio::test(flavor = "multi_thread")]
async fn whatever_an_agent_sends_is_answered_as_described() {
    let server = with_records().await;
    let agent = Agent::hire(&server).await;
    let (email, token) = agent.credentials();
    run(&server, &format!("Basic {}", STANDARD.encode(format!("{email}/token:{token}")))).await;
    assert!(agent.own_requests().await > 10);
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

async fn run(server: &Server, authorization: &str) {
    let clients = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients");
    let folder = tempfile::tempdir().expect("a folder for what it writes");
    let python = named("HANDRAIL_SCHEMATHESIS").unwrap_or_else(|| "python3".to_owned());
    let output = Command::new(python)
        .args(["-m", "schemathesis.cli", "--config-file"])
        .arg(clients.join("schemathesis.toml"))
        .args(["run", "--no-color"])
        .arg(format!("{}/api/handrail/v1/openapi.json", server.origin))
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
