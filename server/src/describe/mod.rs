//! The description of the API, in OpenAPI 3.1, made from the routes themselves.
//!
//! One list ([`crate::router::routes`]) both mounts a handler and describes it. What a call takes
//! and answers is read off the handler's own type: its extractors say who may call, which body is
//! read and how it is refused ([`Input`]), its result says what comes back ([`Output`]). Beside the
//! handler stands only what no type tells: a line for people and the query's parameters, and of
//! these a handler cannot read one that is not described ([`crate::caller::Query::get`]).
//!
//! It must not state what the server does not hold itself to: every answer of the API tests is
//! compared with it.

mod document;
mod handler;
mod inputs;
mod operation;
pub mod query;
mod refusals;
mod routes;
mod schemas;

pub use document::document;
pub use handler::{Described, Input, Output};
pub use operation::{Access, Body, Content, Operation};
pub use query::Known;
pub use routes::{Routes, Verb, delete, get, post, put};
