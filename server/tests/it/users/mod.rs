//! `/api/v2/users`.

mod delete;
mod list;
mod many;
mod me;
mod parts;
mod plans;
mod save;
mod search;
