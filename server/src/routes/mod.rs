//! Handlers, one folder a resource and one file a verb: extract, call `domain` or `store`, map.

pub mod attachments;
mod conversation;
pub mod description;
pub mod events;
pub mod health;
pub mod job_statuses;
mod page;
pub mod policy;
pub mod requests;
pub mod search;
pub mod slas;
pub mod tickets;
pub mod uploads;
pub mod users;
