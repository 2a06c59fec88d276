//! Files that are sent ahead of a comment. See contract.md 5.

mod create;
mod delete;
mod receive;

pub use create::create_upload;
pub use delete::delete_upload;
