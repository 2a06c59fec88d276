//! The Handrail widget, compiled to Wasm. In reading order: `state` says what there is and how it
//! changes, `client` fetches it, `ui` and `features` show it, `host` puts it into somebody's page.
//!
//! Imports run one way only: host -> features -> {ui, client, state, i18n}, client -> api,
//! state -> {api, sla}; `ui` knows nothing of ours. `cargo xtask tidy` checks it.

pub mod client;
#[cfg(feature = "components")]
pub mod components;
pub mod features;
pub mod host;
pub mod i18n;
pub mod state;
pub mod ui;
