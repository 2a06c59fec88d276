//! Customers: all for agents, one's own for members.

mod delete;
mod list;
mod save;
mod search;
mod show;

pub use delete::delete_organization;
pub use list::{count_organizations, list_organizations};
pub use save::{create_or_update_organization, create_organization, update_organization};
pub use search::{autocomplete_organizations, search_organizations};
pub use show::{show_many_organizations, show_organization};
