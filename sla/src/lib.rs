//! The rules of the service: severities, plans, targets, calendars and the first-reply clock.
//!
//! This crate exists so that the promise shown before Send and the promise on the server's record
//! are one function. Nothing else in the workspace may compute a due time or a stage.
//!
//! It is pure: no input or output, no ambient clock, no time zone database, no text for people. It
//! is compiled into the widget, so it stays small: whole seconds in `i64` inside, `chrono`'s types
//! only at the border, and neither chrono's parser nor its formatter.
//!
//! Absurd inputs never panic and never loop for ever; they saturate at [`FAR_FUTURE`]. A server
//! calls [`Policy::validate`] once at its start, so that nobody meets those answers in practice.

mod clock;
mod holiday;
mod hours;
mod instant;
mod plan;
mod policy;
mod schedule;
mod severity;
mod zone;

pub use clock::{Clock, Stage};
pub use instant::FAR_FUTURE;
pub use plan::{MAX_TARGET_SECONDS, Plan, Target};
pub use policy::{Policy, PolicyError};
pub use schedule::{Opening, Schedule, ScheduleError};
pub use severity::Severity;
pub use zone::{Transition, Zone, ZoneError};
