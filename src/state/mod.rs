//! What there is and how it changes: plain structs and pure transitions, tested natively.
//!
//! Nothing here touches the browser: no web-sys, no clock, no randomness; those come in as values.

pub mod address;
pub mod draft;
pub mod files;
pub mod listing;
pub mod load;
pub mod mismatch;
pub mod replying;
pub mod retry;
pub mod rich;
pub mod seen;
pub mod sending;
pub mod server_clock;
pub mod suggestions;
pub mod talk;
pub mod timer;
pub mod view;
pub mod window;
