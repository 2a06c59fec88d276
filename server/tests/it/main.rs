//! API tests: the router in process against a database file of its own, with time held still.
//!
//! Folders mirror the paths of the API; files beside them are about what holds on every path.

#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that panics is a test that failed; clippy.toml frees test functions alone"
)]

mod answer;
mod app;

mod agent_tokens;
mod attachments;
mod belonging;
mod colleagues;
mod commits;
mod config;
mod conformance;
mod contract;
mod cors;
mod database;
mod demo;
mod description;
mod errors;
mod etag;
mod events;
mod forms;
mod health;
mod host_token;
mod hostile;
mod hostile_everywhere;
mod idempotency;
mod identity;
mod organizations;
mod people;
mod plans;
mod policy;
mod process;
mod promise;
mod rates;
mod requests;
mod rights;
mod search;
mod sharing;
mod site;
mod slas;
mod slow;
mod subscriptions;
mod tickets;
mod unread;
mod uploads;
mod users;
