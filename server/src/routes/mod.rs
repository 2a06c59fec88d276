//! Handlers, one folder a resource and one file a verb: extract, call `domain` or `store`, map.

pub mod agent_tokens;
pub mod attachments;
pub mod colleagues;
mod conversation;
pub mod description;
pub mod events;
pub mod forms;
pub mod health;
pub mod job_statuses;
pub mod organization_memberships;
pub mod organization_subscriptions;
pub mod organizations;
mod page;
pub mod policy;
pub mod requests;
pub mod search;
pub mod slas;
pub mod tickets;
pub mod uploads;
pub mod users;
