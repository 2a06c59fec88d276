//! The only code that touches the host's page, and it stays inside the element it is given.

mod app;
mod events;
mod keyboard;
mod options;
mod panic;

pub use app::{App, drill, mount};
pub use panic::silence;
