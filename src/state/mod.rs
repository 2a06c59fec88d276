//! What there is and how it changes: plain structs and pure transitions, tested natively.
//!
//! Nothing here touches the browser: no web-sys, no clock, no randomness; those come in as values.

pub mod address;
pub mod draft;
pub mod load;
pub mod sending;
pub mod server_clock;
pub mod timer;
pub mod view;
