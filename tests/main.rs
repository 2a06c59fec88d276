//! The browser tests: the real widget in real browsers, against the real server on a port of its own,
//! with a host product on another origin and an agent over the API. One file a behaviour.
//!
//! All of them run in Chromium; what the widget stands on also runs in Firefox and in WebKitGTK, in
//! tests that are called `…::in_firefox` and `…::in_webkit`.
//!
//! `cargo xtask test` builds what they need and names it in the environment; `cargo test --test
//! browser` takes `target/debug/handrail-server`, `dist` and the browsers of the PATH. Each test has
//! its server, database and browser profiles to itself, so all can run at once. Every page's errors
//! are read at the end: one that the test did not name fails the test.

// True in any test program; it tells clippy that all of this is one, and not only the `#[test]`s.
#![cfg(test)]

mod accessibility;
mod addresses;
mod ahead;
mod attachments;
mod context;
mod declarations;
mod demo;
mod draft;
mod draft_kept;
mod frameworks;
mod handle;
mod handover;
mod hosts;
mod keyboard;
mod ladder;
mod later;
mod lists;
mod live;
mod loader;
mod lost_server;
mod navigation;
mod node_zendesk;
mod panic;
mod phone;
mod policies;
mod portal;
mod promise;
mod rounds;
mod schemathesis;
mod shots;
mod story;
mod strangers;
mod support;
mod text;
mod thread;
mod thread_files;
mod thread_long;
mod waiting;
mod zenpy;
