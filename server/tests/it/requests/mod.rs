//! `/api/v2/requests`.

mod anonymous;
mod comments;
mod create;
mod followup;
mod list;
mod organization;
mod paging;
mod search;
mod search_secrets;
mod show;
mod timeline;
mod update;
