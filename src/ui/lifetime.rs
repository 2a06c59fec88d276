//! What goes on outside our own elements ends with the part that began it: listeners on the window or
//! the document, timers, and calls that stay open. All of it ends when the widget breaks, too.

use super::{call::Tell, node::keep};
use leptos::{leptos_dom::helpers::TimeoutHandle, prelude::set_timeout_with_handle};
use std::{cell::RefCell, time::Duration};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{AbortController, AbortSignal, AddEventListenerOptions, Event, EventTarget};

thread_local! {
    static RUNNING: RefCell<Vec<AbortController>> = const { RefCell::new(Vec::new()) };
    static TIMERS: RefCell<Vec<TimeoutHandle>> = const { RefCell::new(Vec::new()) };
}

/// Dropping it aborts whatever was given its signal.
pub struct Lifetime(AbortController);

impl Lifetime {
    /// `None` in a browser that knows no such thing; every one that runs our Wasm does.
    #[must_use]
    pub fn begin() -> Option<Self> {
        let controller = AbortController::new().ok()?;
        RUNNING.with(|running| running.borrow_mut().push(controller.clone()));
        Some(Self(controller))
    }

    #[must_use]
    pub fn signal(&self) -> AbortSignal {
        self.0.signal()
    }
}

impl Drop for Lifetime {
    fn drop(&mut self) {
        self.0.abort();
        RUNNING.with(|running| running.borrow_mut().retain(|other| *other != self.0));
    }
}

/// Something to be done later, unless this is dropped before.
pub struct Timer(TimeoutHandle);

impl Timer {
    #[must_use]
    pub fn after(milliseconds: u32, run: Box<dyn FnOnce()>) -> Option<Self> {
        let wait = Duration::from_millis(milliseconds.into());
        let handle = set_timeout_with_handle(run, wait).ok()?;
        TIMERS.with(|timers| timers.borrow_mut().push(handle));
        Some(Self(handle))
    }
}

impl Drop for Timer {
    fn drop(&mut self) {
        self.0.clear();
        TIMERS.with(|timers| timers.borrow_mut().retain(|other| *other != self.0));
    }
}

/// For when the widget has broken and none of our code may run any more.
pub fn end_all() {
    _ = RUNNING.try_with(|running| {
        if let Ok(mut running) = running.try_borrow_mut() {
            running.drain(..).for_each(|controller| controller.abort());
        }
    });
    _ = TIMERS.try_with(|timers| {
        if let Ok(mut timers) = timers.try_borrow_mut() {
            timers.drain(..).for_each(|timer| timer.clear());
        }
    });
}

/// Calls `handle` on events of something that is not ours, for as long as the part around the caller
/// lives.
pub fn listen(target: &EventTarget, event: &str, handle: impl Fn(Event) + 'static) {
    listen_to(target, event, Box::new(handle));
}

fn listen_to(target: &EventTarget, event: &str, handle: Box<dyn Tell<Event>>) {
    let handle = Closure::<dyn Fn(Event)>::new(move |event| handle.tell(event));
    let Some(lifetime) = Lifetime::begin() else { return };
    let options = AddEventListenerOptions::new();
    options.set_signal(&lifetime.signal());
    options.set_passive(true);
    let function = handle.as_ref().unchecked_ref();
    _ = target
        .add_event_listener_with_callback_and_add_event_listener_options(event, function, &options);
    // In this order: the listener has to be gone before what it calls.
    keep((lifetime, handle));
}
