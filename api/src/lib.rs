//! The wire: what travels between the support API and those who call it.
//!
//! Shapes are those of Zendesk's Requests API and of the part of the Tickets API that agents need;
//! what is ours alone says so. This crate is compiled into the widget, so it holds types and serde
//! only: no rules (they are in `sla`), no I/O, and nothing that a byte-conscious reader would miss.

pub mod agent_token;
pub mod attachment;
pub mod audit;
pub mod comment;
pub mod event;
pub mod form;
pub mod identity;
pub mod job_status;
pub mod organization;
pub mod page;
pub mod policy;
pub mod priority;
pub mod request;
pub mod search;
pub mod sla_metrics;
pub mod sla_policy;
pub mod ticket;
pub mod ticket_change;
pub mod time;
pub mod timeline;
pub mod user;

/// An instant on the wire: UTC, whole seconds.
pub type Time = chrono::DateTime<chrono::Utc>;

/// Media type of every JSON answer.
pub const JSON: &str = "application/json; charset=utf-8";
/// Where Zendesk's API lives below the server's address.
pub const V2: &str = "/api/v2";
/// Where our own additions live below the server's address.
pub const OWN: &str = "/api/handrail/v1";
