//! What happens to every call around its handler.

pub mod cors;
pub mod etag;
pub mod panics;
pub mod rates;
pub mod stamp;
pub mod unread;
