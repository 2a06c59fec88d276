//! `/api/v2/organizations`.

mod save;
mod show;
