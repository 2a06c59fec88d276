//! The Tickets API: what agents see and do. End users get 403 on all of it.

mod audits;
mod bulk;
mod clocks;
mod comments;
mod create;
mod list;
mod people;
mod privacy;
mod show;
mod shown;
mod update;

pub use audits::{list_ticket_audits, show_ticket_audit};
pub use bulk::{create_many_tickets, update_many_tickets};
pub use clocks::list_ticket_clocks;
pub use comments::list_ticket_comments;
pub use create::create_ticket;
pub use list::{
    count_tickets, list_assigned_tickets, list_ccd_tickets, list_organization_tickets,
    list_requested_tickets, list_tickets,
};
pub use people::{list_ticket_collaborators, list_ticket_email_ccs, list_ticket_followers};
pub use privacy::make_ticket_comment_private;
pub use show::{show_many_tickets, show_ticket};
pub use update::update_ticket;

pub(super) use shown::{Shown, With};
