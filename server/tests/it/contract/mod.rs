//! contract.md 14, line by line: what the two clients need, and the checks that follow.
//!
//! One can go down the contract's tables and find each line here by its number or letter. Lines
//! that only the real client can show are in the days that `tests/zenpy.rs` and
//! `tests/node_zendesk.rs` run, and are named where they would stand.

mod checks;
mod everywhere;
mod node_zendesk;
mod notes;
mod zenpy;

use crate::app::{App, Client};
use serde_json::json;

/// Sets a status as the agent, who takes the ticket.
async fn agent_sets(app: &App, id: i64, status: &str) {
    let change = json!({"ticket": {"status": status, "assignee_email": "mia@support.example"}});
    app.agent().put(&format!("/api/v2/tickets/{id}"), change).await.is(200);
}

/// Requests of Ana's in every status, three of each, all of them with Ben copied.
async fn many_requests(app: &App) -> Vec<i64> {
    let mut made = Vec::new();
    for status in ["new", "open", "pending", "hold", "solved", "closed"] {
        for n in 0..3 {
            let copy = json!({"email_ccs": [{"user_email": "ben@customer.example"}]});
            let id = app.ana().create(&format!("{status} number {n}"), copy).await;
            if status != "new" {
                agent_sets(app, id, status).await;
            }
            made.push(id);
            app.advance(1);
        }
    }
    made
}

/// Three members of Acme, and three organizations to which Ana belongs and which she follows.
async fn many_people(app: &App, ana: i64, acme: i64) {
    for n in 0..3 {
        let user = json!({"user": {"name": format!("Person number {n}"),
            "email": format!("p{n}@customer.example"), "organization_id": acme}});
        app.agent().post("/api/v2/users", user).await.is(201);
        let new = json!({"organization": {"name": format!("Number {n}"), "shared_tickets": true}});
        let made = app.agent().post("/api/v2/organizations", new).await.is(201);
        let id = &made["organization"]["id"];
        let belongs = json!({"organization_membership": {"user_id": ana, "organization_id": id}});
        app.agent().post("/api/v2/organization_memberships", belongs).await.is(201);
        let wish = json!({"organization_subscription": {"organization_id": id}});
        app.ana().post("/api/v2/organization_subscriptions", wish).await.is(201);
    }
}

async fn id_of(client: &Client) -> i64 {
    client.get("/api/v2/users/me").await.is(200)["user"]["id"].as_i64().unwrap()
}
