//! Zendesk's Python client, unchanged, against our server: a day of a customer and of an agent. What
//! is checked stands in `tests/clients/zenpy_day.py`.

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
    let (agent_email, agent_token) = agent.credentials();
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/clients/zenpy_day.py");
    let python = named("HANDRAIL_ZENPY").unwrap_or_else(|| "python3".to_owned());
    let output = Command::new(python)
        .arg(script)
        .env("ZENPY_FORCE_NETLOC", server.origin.trim_start_matches("http://"))
        .env("ZENPY_FORCE_SCHEME", "http")
        .env("NO_PROXY", "127.0.0.1")
        .env("ANA", server.mint.identity_token(&ANA).await)
        .env("BEN", server.mint.identity_token(&BEN).await)
        .env("AGENT_EMAIL", agent_email)
        .env("AGENT_TOKEN", agent_token)
        .output()
        .await
        .expect("HANDRAIL_ZENPY names a Python that has zenpy");
    let said = String::from_utf8_lossy(&output.stdout);
    let wrong = String::from_utf8_lossy(&output.stderr);
    println!("{said}");
    assert!(output.status.success(), "after these checks:\n{said}\n{wrong}");
    assert!(said.ends_with("all checks passed\n"), "{said}");

    // What zenpy did is what the server has.
    let stored = Record::of(&ANA, &server).await.only_request().await;
    assert_eq!(
        (&stored["subject"], &stored["status"]),
        (&"Sent by zenpy".into(), &"solved".into())
    );
}
