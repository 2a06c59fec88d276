//! The rules: who may do what, what a call does to a request, what is refused.
//!
//! Functions take the time as a parameter and a transaction to work in; they neither know HTTP nor
//! commit. A due time comes from `sla` and from nowhere else.

use crate::config::Limits;
use api::Time;
use sla::{Policy, Severity};

pub mod accounts;
pub mod address;
pub mod arriving;
pub mod attachments;
pub mod audit;
pub mod belonging;
pub mod copies;
pub mod customers;
pub mod desk;
pub mod fields;
pub mod file_name;
pub mod file_type;
pub mod intake;
pub mod life;
pub mod names;
pub mod news;
pub mod people;
pub mod preview;
pub mod prose;
pub mod refusal;
pub mod reply;
pub mod rich;
pub mod rights;
pub mod search;
pub mod tags;
pub mod timeline;
pub mod uploads;

pub use refusal::{Invalid, Refusal};

/// One call: who makes it, by which way, when, and under which rules. Seeding and mail make calls
/// too, with times and channels of their own.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    pub rules: &'a Rules,
    pub by: &'a rights::Viewer,
    /// `api`, `web`, `email` …; kept on what the call makes.
    pub channel: &'a str,
    pub at: Time,
}

/// What the configuration decides.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Plans, targets, calendar.
    pub policy: Policy,
    /// Severity of a request that names no priority.
    pub default_severity: Severity,
    pub limits: Limits,
}
