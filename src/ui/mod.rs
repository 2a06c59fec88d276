//! Primitives: how things are drawn, and what accessibility asks of a button, a field or an alert,
//! done once. They know nothing of requests, clients or texts.
//!
//! Views are built by [`node::Node`] and not by `view!`: the macro makes a type of every element,
//! and the compiler code of every type, which weighed twice as much (docs/ARCHITECTURE.md, "Bytes").

pub mod alert;
pub mod announcer;
pub mod button;
pub mod call;
pub mod chip;
pub mod field;
pub mod focus;
pub mod icon;
pub mod lifetime;
pub mod lightbox;
pub mod node;
pub mod picture;
pub mod rows;
pub mod select;
pub mod sight;
pub mod skeleton;
pub mod standing;
pub mod task;
pub mod thumbnail;
pub mod var;
mod view;
pub mod viewport;
