//! The Requests API: what end users see and do.

mod comments;
mod create;
mod list;
mod page;
mod search;
mod show;
mod timeline;
mod update;

pub use comments::{PathComment, list_comments, show_comment};
pub use create::create_request;
pub use list::{
    list_ccd_requests, list_open_requests, list_organization_requests, list_requests,
    list_solved_requests, list_user_requests,
};
pub use search::search_requests;
pub use show::show_request;
pub use timeline::list_timeline;
pub use update::update_request;
