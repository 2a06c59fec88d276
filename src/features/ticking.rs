//! The one timer of a widget: it moves the session's tick while the panel is open and can be seen.

use crate::features::session::{Session, machine_time};
use leptos::{
    leptos_dom::helpers::IntervalHandle,
    prelude::{document, on_cleanup, set_interval_with_handle},
};
use std::{cell::RefCell, time::Duration};

/// Minutes are shown, so this is quick enough to be true and slow enough not to be felt.
const EVERY: Duration = Duration::from_secs(5);

thread_local! {
    static RUNNING: RefCell<Vec<IntervalHandle>> = const { RefCell::new(Vec::new()) };
}

/// Ticks for as long as the calling part of the page lives. A page that is not looked at does not
/// tick; it catches up with the first tick after it is looked at again.
pub fn tick_while_shown(session: &Session) {
    session.tick.set(machine_time());
    let session = session.clone();
    let tick = move || {
        if !document().hidden() {
            session.tick.set(machine_time());
        }
    };
    let Ok(handle) = set_interval_with_handle(tick, EVERY) else { return };
    RUNNING.with(|running| running.borrow_mut().push(handle));
    on_cleanup(move || {
        handle.clear();
        RUNNING.with(|running| running.borrow_mut().retain(|other| *other != handle));
    });
}

/// Stops every timer of this instance: for the panic hook, after which none of our code may run.
pub fn stop_all() {
    _ = RUNNING.try_with(|running| {
        if let Ok(mut running) = running.try_borrow_mut() {
            running.drain(..).for_each(|handle| handle.clear());
        }
    });
}
