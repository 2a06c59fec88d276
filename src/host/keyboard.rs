//! Keeps what is typed into the widget from the host's shortcuts.

use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Event, EventTarget};

const EVENTS: [&str; 6] = ["keydown", "keyup", "keypress", "paste", "cut", "copy"];

/// Stops keyboard and clipboard events at an element; dropping it lets them pass again.
pub(super) struct Fence {
    at: EventTarget,
    stop: Closure<dyn Fn(Event)>,
}

impl Fence {
    pub(super) fn new(at: EventTarget) -> Self {
        let stop = Closure::new(|event: Event| event.stop_propagation());
        for name in EVENTS {
            _ = at.add_event_listener_with_callback(name, stop.as_ref().unchecked_ref());
        }
        Self { at, stop }
    }
}

impl Drop for Fence {
    fn drop(&mut self) {
        for name in EVENTS {
            _ = self
                .at
                .remove_event_listener_with_callback(name, self.stop.as_ref().unchecked_ref());
        }
    }
}
