//! `/api/v2/requests`.

mod comments;
mod create;
mod list;
mod paging;
mod show;
mod update;
