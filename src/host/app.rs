//! The mounted widget as the loader holds it.

use super::{
    events::tell,
    keyboard::Fence,
    options::{Options, Wish, source_of},
    panic::{Told, tell_on_panic},
    style::AdoptedSheet,
};
use crate::{
    client::{Client, Reader, TokenSource, object},
    features::{
        panel::{page_panel, widget_panel},
        session::{Prefill, Session},
    },
    i18n::I18n,
    state::view::{List, View},
    ui::lifetime::listen,
};
use js_sys::{Array, Function, JSON, Object, Reflect};
use leptos::{mount::mount_to, prelude::window};
use sla::Severity;
use std::any::Any;
use wasm_bindgen::prelude::*;

/// One widget on a page. Dropping its parts, which [`App::destroy`] does, leaves nothing behind.
#[wasm_bindgen]
pub struct App {
    session: Session,
    parts: Option<Parts>,
}

/// Held for the sake of being dropped, in this order: the views first, then what they stand on.
struct Parts {
    _views: Box<dyn Any>,
    _fence: Fence,
    _sheet: AdoptedSheet,
    _told: Told,
}

/// Mounts the widget into the loader's container.
///
/// # Errors
/// When the browser lacks constructable style sheets; the loader then shows its own message.
#[wasm_bindgen]
pub fn mount(options: &Options) -> Result<App, JsValue> {
    let told = tell_on_panic(options.on_panic());
    let sheet = AdoptedSheet::new(options.root(), &options.css())?;
    let container = options.container();
    let fence = Fence::new(container.clone().into());

    let i18n = I18n::new(options.text_list(), options.locale(), options.region());
    let client = Client::new(&options.api(), options.token_source());
    let emit = options.emit();
    let session = Session::new(client, i18n, move |happening| tell(&emit, happening));
    let (shown, page, position) = (session.clone(), options.page(), options.position());
    let on_closed = options.on_closed();
    let views = mount_to(container, move || {
        let told = shown.clone();
        listen(&window(), "storage", move |event| told.hear_of_other_tabs(&Reader(event.into())));
        if page {
            return page_panel(&shown);
        }
        widget_panel(&shown, &position, move || drop(on_closed.call0(&JsValue::UNDEFINED)))
    });
    let parts = Parts { _views: Box::new(views), _fence: fence, _sheet: sheet, _told: told };
    Ok(App { session, parts: Some(parts) })
}

#[wasm_bindgen]
impl App {
    /// Opens the panel, at a view or a request if the host names one.
    pub fn open(&self, wish: Wish) {
        let wish = (!wish.is_falsy()).then_some(wish);
        let view = wish.as_ref().and_then(|wish| {
            let id = wish.request();
            let id = id.as_f64().map_or_else(|| id.as_string()?.parse().ok(), |id| Some(id as i64));
            id.map(|id| View::Request { id, from: List::Mine })
                .or_else(|| View::from_name(&wish.view()?))
        });
        self.session.open(view);
        if let Some(wish) = wish {
            self.session.prefill(prefill_of(wish));
        }
    }

    pub fn close(&self) {
        self.session.close();
    }

    /// Speaks as the person whom this function proves from now on. What was typed stays if that is
    /// the person who typed it.
    pub fn identify(&self, function: Function) {
        self.session.identify(TokenSource::Function(function));
    }

    /// Forgets the person and everything typed or fetched. With a token address the next call asks
    /// the host again, who may be somebody else by then.
    pub fn logout(&self, token_url: Option<String>) {
        self.session.log_out(source_of(token_url));
    }

    /// Fills empty fields of the form.
    pub fn prefill(&self, wish: Wish) {
        self.session.prefill(prefill_of(wish));
    }

    /// Leaves nothing behind.
    pub fn destroy(&mut self) {
        self.parts = None;
        self.session.leave();
    }
}

fn prefill_of(wish: Wish) -> Prefill {
    if wish.is_falsy() {
        return Prefill::default();
    }
    Prefill {
        severity: wish.severity().as_deref().and_then(Severity::from_name),
        subject: wish.subject(),
        description: wish.description(),
        custom_fields: custom_fields(&wish.custom_fields()),
        version: Reader(wish.context()).word("version"),
    }
}

/// `{"360001": "eu-west"}` as `[{"id": 360001, "value": "eu-west"}]`. What no field can hold is left
/// out: the server would refuse the request for it, and the person could do nothing about that.
fn custom_fields(wish: &JsValue) -> Option<String> {
    let fields: Array = Object::entries(wish.dyn_ref()?)
        .iter()
        .filter_map(|entry| {
            let (id, value) =
                (Reflect::get_u32(&entry, 0).ok()?, Reflect::get_u32(&entry, 1).ok()?);
            let id = id.as_string()?.parse::<i64>().ok()?;
            let fits = !value.is_object() || Array::is_array(&value);
            fits.then(|| object(&[("id", JsValue::from_f64(id as f64)), ("value", value)]))
        })
        .collect();
    JSON::stringify(&fields).ok().map(String::from)
}

/// A fire drill: breaks the widget on purpose, so that a host engineer (and our tests) can see what
/// a person is shown when it breaks by accident.
#[wasm_bindgen]
#[expect(clippy::panic, reason = "that is what it is for")]
pub fn drill() {
    panic!("fire drill");
}
