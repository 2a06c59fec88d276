//! The support API as a library: `main.rs` serves it, the tests call its router in process.
//!
//! Modules in reading order. Handlers live in `routes`, the rules they apply in `domain`, SQL in
//! `store`; use runs in that direction only. Nothing here reads the clock or makes up a random
//! number except through [`env::Env`].

pub mod config;
pub mod env;
pub mod state;

pub mod describe;
pub mod router;
pub mod routes;

pub mod auth;
pub mod body;
pub mod caller;
pub mod error;
pub mod idempotency;
pub mod identity;
pub mod middleware;
pub mod paging;
pub mod peer;
pub mod rates;
pub mod view;

pub mod domain;
pub mod live;
pub mod store;

pub mod demo;
pub mod jobs;
pub mod site;

pub mod cli;
pub mod connections;
pub mod serve;

pub use router::router;
pub use state::AppState;
