//! What the loader hands over, read from its plain object.

use crate::{client::TokenSource, ui::standing::Standing};
use js_sys::{Array, Function};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

#[wasm_bindgen]
extern "C" {
    /// The loader's object; every key is always there.
    pub type Options;
    #[wasm_bindgen(method, getter, structural)]
    pub fn container(this: &Options) -> HtmlElement;
    #[wasm_bindgen(method, getter, structural)]
    pub fn api(this: &Options) -> String;
    #[wasm_bindgen(method, getter, structural)]
    pub fn page(this: &Options) -> bool;
    #[wasm_bindgen(method, getter, structural)]
    pub fn texts(this: &Options) -> Array;
    #[wasm_bindgen(method, getter, structural)]
    pub fn locale(this: &Options) -> String;
    #[wasm_bindgen(method, getter, structural, js_name = tokenUrl)]
    pub fn token_url(this: &Options) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    pub fn position(this: &Options) -> String;
    #[wasm_bindgen(method, getter, structural)]
    pub fn emit(this: &Options) -> Function;
    #[wasm_bindgen(method, getter, structural, js_name = onClosed)]
    pub fn on_closed(this: &Options) -> Function;
}

#[wasm_bindgen]
extern "C" {
    /// What was there before the Wasm; any key may be missing.
    pub type Before;
    /// What was written in the plain form, as drafts are kept, and whether a person did.
    #[wasm_bindgen(method, getter, structural)]
    pub fn written(this: &Before) -> JsValue;
    /// Its elements, if it is shown.
    #[wasm_bindgen(method, getter, structural)]
    pub fn standing(this: &Before) -> Option<Standing>;
    /// Where to open at once, if that is wanted.
    #[wasm_bindgen(method, getter, structural)]
    pub fn wish(this: &Before) -> Option<Wish>;
}

impl Options {
    /// The tag by which dates and hours are written: the browser's own where it is of the language of
    /// the texts, so that somebody in London reads English texts and 24 hours.
    pub fn region(&self) -> String {
        let locale = self.locale();
        let own = web_sys::window().and_then(|window| window.navigator().language());
        own.filter(|own| own.split('-').next() == Some(locale.as_str())).unwrap_or(locale)
    }

    /// Where tokens come from until the host says otherwise by `identify`.
    pub fn token_source(&self) -> TokenSource {
        source_of(self.token_url())
    }
}

/// An address, or nobody.
pub(super) fn source_of(token_url: Option<String>) -> TokenSource {
    match token_url {
        Some(address) if !address.is_empty() => TokenSource::Url(address),
        _ => TokenSource::None,
    }
}

#[wasm_bindgen]
extern "C" {
    /// The argument of `open` and `prefill`: any key may be missing.
    pub type Wish;
    #[wasm_bindgen(method, getter, structural)]
    pub fn view(this: &Wish) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    pub fn severity(this: &Wish) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    pub fn subject(this: &Wish) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    pub fn description(this: &Wish) -> Option<String>;
    #[wasm_bindgen(method, getter, structural)]
    pub fn request(this: &Wish) -> JsValue;
    /// `{id: value}`
    #[wasm_bindgen(method, getter, structural, js_name = customFields)]
    pub fn custom_fields(this: &Wish) -> JsValue;
    #[wasm_bindgen(method, getter, structural)]
    pub fn context(this: &Wish) -> JsValue;
}
