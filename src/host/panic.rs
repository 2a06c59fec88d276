//! The last thing that runs when the widget's code is broken: boot takes over.
//!
//! Place and message go to the console; the person gets the plain form with what was typed. After
//! this nothing of this Wasm instance runs again, so the timers are stopped here too.

use crate::{features::ticking, ui::lifetime};
use js_sys::Function;
use std::{
    cell::RefCell,
    panic::{self, PanicHookInfo},
    sync::Once,
};
use wasm_bindgen::JsValue;

thread_local! {
    static ON_PANIC: RefCell<Vec<Function>> = const { RefCell::new(Vec::new()) };
}

/// Somebody who is told; dropping it forgets them, and with them the whole widget they hold.
pub(super) struct Told(Function);

impl Drop for Told {
    fn drop(&mut self) {
        ON_PANIC.with(|known| known.borrow_mut().retain(|function| *function != self.0));
    }
}

/// Installs the hook once and remembers whom to tell.
pub(super) fn tell_on_panic(function: Function) -> Told {
    static HOOK: Once = Once::new();
    ON_PANIC.with(|known| known.borrow_mut().push(function.clone()));
    HOOK.call_once(|| {
        panic::set_hook(Box::new(|info| {
            tell_console(info);
            ticking::stop_all();
            lifetime::end_all();
            for function in ON_PANIC.with(RefCell::take) {
                _ = function.call0(&JsValue::UNDEFINED);
            }
        }));
    });
    Told(function)
}

/// While one works on the widget, everything.
#[cfg(debug_assertions)]
fn tell_console(info: &PanicHookInfo<'_>) {
    console_error_panic_hook::hook(info);
}

/// A user's Wasm cannot write numbers into messages: the build takes that out (xtask's
/// `assets/wasm/mute.rs`). Where it was, and a message without numbers, are told apart from it.
#[cfg(not(debug_assertions))]
fn tell_console(info: &PanicHookInfo<'_>) {
    let message = info.payload_as_str().unwrap_or_default();
    let (file, line) = info.location().map_or(("", 0), |place| (place.file(), place.line()));
    web_sys::console::error_4(
        &"Handrail panicked at".into(),
        &file.trim_start().into(),
        &line.into(),
        &message.into(),
    );
}
