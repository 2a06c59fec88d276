//! The browser tests: the real widget in a real Chromium, against the real server on a port of its
//! own, with a host product on another origin and an agent over the API. One file a behaviour.
//!
//! `cargo xtask test` builds what they need and names it in the environment; `cargo test --test
//! browser` takes `target/debug/handrail-server`, `dist` and the Chromium of the PATH. Each test has
//! its server, database and browser profiles to itself, so all can run at once. Every browser's
//! console is read at the end: an error in it that the test did not name fails the test.

// True in any test program; it tells clippy that all of this is one, and not only the `#[test]`s.
#![cfg(test)]

mod demo;
mod draft;
mod handle;
mod keyboard;
mod loader;
mod lost_server;
mod node_zendesk;
mod panic;
mod portal;
mod promise;
mod schemathesis;
mod story;
mod strangers;
mod support;
mod text;
mod waiting;
mod zenpy;
