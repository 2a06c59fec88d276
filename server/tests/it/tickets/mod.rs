//! `/api/v2/tickets`: what agents do.

mod audits;
mod bulk;
mod closing;
mod comments;
mod create;
mod fields;
mod list;
mod people;
mod privacy;
mod show;
mod show_many;
mod update;

use crate::app::{Answer, App, Client};
use serde_json::{Value, json};

/// A change by Mia of support.
async fn put(app: &App, id: i64, ticket: Value) -> Answer {
    app.agent().put(&format!("/api/v2/tickets/{id}"), json!({"ticket": ticket})).await
}

/// A ticket that Mia makes.
async fn make(app: &App, ticket: Value) -> Value {
    let made = app.agent().post("/api/v2/tickets", json!({"ticket": ticket})).await;
    made.is(201)["ticket"].clone()
}

/// What Mia sees of a ticket.
async fn ticket(app: &App, id: i64) -> Value {
    app.agent().get(&format!("/api/v2/tickets/{id}")).await.is(200)["ticket"].clone()
}

/// The number of somebody.
async fn id_of(client: &Client) -> i64 {
    client.get("/api/v2/users/me").await.is(200)["user"]["id"].as_i64().unwrap()
}
