//! The things a person does here, a folder each, and what they share.

pub mod addresses;
pub mod attachments;
mod drafts;
pub mod failure;
mod later;
pub mod loading;
pub mod new_request;
pub mod panel;
pub mod requests;
pub mod session;
pub mod thread;
pub mod ticking;
pub mod timer_text;
