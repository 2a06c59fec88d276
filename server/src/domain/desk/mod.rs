//! What agents do with tickets: make, answer, note, assign, change. See contract.md 7.
//!
//! An agent may see and change everything; what is refused here is refused by the rules of a ticket's
//! life, not by rights.

mod bulk;
mod close;
mod create;
mod differences;
mod privacy;
mod update;
mod who;

pub use bulk::{MOST as MOST_AT_ONCE, Work};
pub use close::close;
pub use create::create;
pub use privacy::make_private;
pub use update::update;

use crate::store::{UserId, requests::Request};
use api::audit::Audit;

/// A ticket after a change.
#[derive(Debug)]
pub struct Changed {
    pub request: Request,
    pub copied: Vec<UserId>,
    /// None when the call changed nothing.
    pub audit: Option<Audit>,
}
