//! The frame around the views: a dialog beside the launcher, or the portal's page.

mod dialog;
mod navigation;
mod views;

pub use dialog::widget_panel;
pub use views::page_panel;
