//! The last thing that runs when the widget's code is broken: the loader takes over.
//!
//! The message goes to the console; the person gets the loader's own message with a mail address.
//! After this nothing of this Wasm instance runs again, so the timers are stopped here too.

use crate::features::ticking;
use js_sys::Function;
use std::{cell::RefCell, panic, sync::Once};
use wasm_bindgen::JsValue;

thread_local! {
    static ON_PANIC: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// Installs the hook once and remembers whom to tell.
pub(super) fn tell_on_panic(function: Function) {
    static HOOK: Once = Once::new();
    ON_PANIC.with(|known| known.borrow_mut().push(function));
    HOOK.call_once(|| {
        panic::set_hook(Box::new(|info| {
            console_error_panic_hook::hook(info);
            ticking::stop_all();
            for function in ON_PANIC.with(RefCell::take) {
                _ = function.call0(&JsValue::UNDEFINED);
            }
        }));
    });
}
