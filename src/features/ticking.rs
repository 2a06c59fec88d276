//! The one timer of a widget: it moves the session's tick while the panel is open and can be seen.

use crate::{
    features::session::{Session, machine_time},
    ui::{lifetime::listen, node::follow},
};
use leptos::{
    leptos_dom::helpers::IntervalHandle,
    prelude::{document, set_interval_with_handle, window},
};
use std::{cell::RefCell, time::Duration};
use web_sys::EventTarget;

/// Minutes are shown, so this is quick enough to be true and slow enough not to be felt.
const EVERY: Duration = Duration::from_secs(5);

thread_local! {
    static RUNNING: RefCell<Vec<IntervalHandle>> = const { RefCell::new(Vec::new()) };
}

/// A timer that runs until it is dropped.
struct Ticker(IntervalHandle);

impl Ticker {
    fn start(session: &Session) -> Option<Self> {
        session.tick.set(machine_time());
        let session = session.clone();
        let tick = move || session.tick.set(machine_time());
        let handle = set_interval_with_handle(tick, EVERY).ok()?;
        RUNNING.with(|running| running.borrow_mut().push(handle));
        Some(Self(handle))
    }
}

impl Drop for Ticker {
    fn drop(&mut self) {
        self.0.clear();
        RUNNING.with(|running| running.borrow_mut().retain(|other| *other != self.0));
    }
}

/// Ticks for as long as the calling part of the page lives and the page is looked at. Whoever looks
/// again sees the right time at once. A page that is left is not looked at, be it in sight or not:
/// what goes on in it would keep browsers from bringing it back as it stood.
pub fn tick_while_shown(session: &Session) {
    session.visible.set(!document().hidden());
    let (document, window) = (document(), window());
    let targets: [(&EventTarget, _); 3] =
        [(&document, "visibilitychange"), (&window, "pagehide"), (&window, "pageshow")];
    for (target, name) in targets {
        let (looking, page, is_left) = (session.clone(), document.clone(), name == "pagehide");
        listen(target, name, move |_| {
            let is_visible = !is_left && !page.hidden();
            if *looking.visible.peek() != is_visible {
                looking.visible.set(is_visible);
            }
        });
    }
    let session = session.clone();
    let running = RefCell::new(None);
    follow(Box::new(move || {
        let ticker = session.visible.get().then(|| Ticker::start(&session)).flatten();
        running.replace(ticker);
    }));
}

/// Stops every timer of this instance: for when it has broken and none of our code may run any more.
pub fn stop_all() {
    _ = RUNNING.try_with(|running| {
        if let Ok(mut running) = running.try_borrow_mut() {
            running.drain(..).for_each(|handle| handle.clear());
        }
    });
}
