//! Search among everything, for agents.

mod export;
mod find;
mod kinds;

pub use export::export_search;
pub use find::{count_search, search};
