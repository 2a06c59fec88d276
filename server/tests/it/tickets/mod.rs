//! `/api/v2/tickets`: what agents do.

mod comments;
mod show;
mod update;
