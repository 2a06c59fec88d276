//! What happens when the widget's code breaks.
//!
//! In what users download a panic is a trap, without a message: that weighs 12 KB less. The glue sees
//! every trap at the border (xtask's `assets/wasm/glue.rs`), lets nothing in after it, and tells boot. A
//! stack overflow and memory that has run out, which no panic hook hears of, end there, too.

use crate::{features::ticking, ui::lifetime};
use wasm_bindgen::prelude::*;

/// The last call into an instance that broke: its timers, listeners and open calls end.
#[wasm_bindgen]
pub fn silence() {
    ticking::stop_all();
    lifetime::end_all();
}

/// While one works on the widget, panics say what they are.
pub(super) fn tell_console() {
    #[cfg(debug_assertions)]
    console_error_panic_hook::set_once();
}
