//! People: oneself, and for agents everybody.

mod delete;
mod list;
mod many;
mod me;
mod parts;
mod save;
mod search;
mod show;

pub use delete::{delete_user, merge_user};
pub use list::{count_users, list_organization_users, list_users};
pub use many::show_many_users;
pub use me::show_me;
pub use parts::{
    list_user_identities, list_user_organizations, show_user_identity, show_user_related,
};
pub use save::{create_or_update_user, create_user, update_user};
pub use search::{autocomplete_users, search_users};
pub use show::{show_end_user, show_user};
