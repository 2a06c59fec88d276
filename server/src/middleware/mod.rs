//! What happens to every call around its handler.

pub mod cors;
pub mod panics;
pub mod stamp;
