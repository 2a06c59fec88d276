//! Logging a request: what hurts and how badly, what will happen by when, and the receipt.

mod context;
mod examples;
mod form;
mod hint;
mod promise;
mod receipt;
pub mod rest;
mod sender;
mod severity;

use crate::{
    features::session::Session,
    state::sending::Sending,
    ui::node::{Node, el, place_in},
};

/// The form, or what came of it.
#[must_use]
pub fn new_request(session: &Session) -> Node {
    let (sending, shown) = (session.clone(), session.clone());
    place_in(
        el("hr-place", "hr-new-request"),
        move || match &*sending.sending.read() {
            Sending::Sent(receipt) => Some(receipt.clone()),
            _ => None,
        },
        move |receipt| {
            Some(match receipt {
                Some(receipt) => receipt::receipt(&shown, receipt),
                None => form::form(&shown),
            })
        },
    )
}
