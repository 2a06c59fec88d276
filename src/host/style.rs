//! The one adopted style sheet. Adopted, since strict CSP forbids inline styles.

use js_sys::Array;
use wasm_bindgen::JsValue;
use web_sys::{CssStyleSheet, ShadowRoot};

/// A sheet on a shadow root; dropping it takes the sheet away.
pub(super) struct AdoptedSheet {
    root: ShadowRoot,
    sheet: CssStyleSheet,
}

impl AdoptedSheet {
    pub(super) fn new(root: ShadowRoot, css: &str) -> Result<Self, JsValue> {
        let sheet = CssStyleSheet::new()?;
        sheet.replace_sync(css)?;
        // A new array each time: Firefox froze the old one until lately.
        let sheets = root.adopted_style_sheets().slice(0, u32::MAX);
        sheets.push(&sheet);
        root.set_adopted_style_sheets(&sheets);
        Ok(Self { root, sheet })
    }
}

impl Drop for AdoptedSheet {
    fn drop(&mut self) {
        let ours: &JsValue = self.sheet.as_ref();
        let others: Array =
            self.root.adopted_style_sheets().iter().filter(|sheet| *sheet != *ours).collect();
        self.root.set_adopted_style_sheets(&others);
    }
}
