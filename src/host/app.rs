//! The mounted widget as the loader holds it.

use super::{
    events::tell,
    keyboard::Fence,
    options::{Before, Options, Wish, source_of},
    panic::tell_console,
};
use crate::{
    client::{Client, Reader, TokenSource, object},
    features::{
        panel::{page_panel, widget_panel},
        session::{Prefill, Session},
    },
    i18n::I18n,
    state::view::{List, View},
    ui::{lifetime::listen, standing::taking_over},
};
use js_sys::{Array, Function, JSON, Object, Reflect};
use leptos::{mount::mount_to, prelude::window};
use sla::Severity;
use std::any::Any;
use wasm_bindgen::prelude::*;

/// One widget on a page. Dropping its parts, which [`App::destroy`] does, leaves nothing behind.
#[wasm_bindgen]
pub struct App {
    options: Options,
    session: Session,
    parts: Option<Parts>,
}

/// Held for the sake of being dropped, in this order: the views first, then what they stand on.
struct Parts {
    _views: Box<dyn Any>,
    _fence: Fence,
}

/// Makes the widget, which shows nothing yet: boot first tells it what the host has said so far.
#[wasm_bindgen]
#[must_use]
pub fn mount(options: Options) -> App {
    tell_console();
    let i18n = I18n::new(&options.texts(), options.locale(), options.region());
    let client = Client::new(&options.api(), options.token_source());
    let emit = options.emit();
    let session = Session::new(client, i18n, move |happening| tell(&emit, happening));
    App { options, session, parts: None }
}

#[wasm_bindgen]
impl App {
    /// Draws into boot's container, and goes on with the form that stands there, if one does.
    pub fn draw(&mut self, before: &Before) {
        let options = &self.options;
        let container = options.container();
        let fence = Fence::new(container.clone().into());
        let (page, position) = (options.page(), options.position());
        let on_closed = options.on_closed();
        self.session.go_on_with(&Reader(before.written()));
        let shown = self.session.clone();
        let draw = move || {
            let told = shown.clone();
            listen(&window(), "storage", move |event| {
                told.hear_of_other_tabs(&Reader(event.into()));
            });
            if page {
                return page_panel(&shown);
            }
            widget_panel(&shown, &position, move || drop(on_closed.call0(&JsValue::UNDEFINED)))
        };
        let wish = before.wish();
        // Before the views are there: what changes later they draw later, when nothing stands there any more.
        if let Some(wish) = &wish {
            self.session.show(view_of(wish));
        }
        let views = taking_over(before.standing(), || mount_to(container, draw));
        self.parts = Some(Parts { _views: Box::new(views), _fence: fence });
        if let Some(wish) = wish {
            self.open(wish);
        }
    }

    /// Takes the texts of the later part; boot brings them before that.
    pub fn learn(&self, texts: &Array) {
        self.session.i18n.learn(texts);
    }

    /// Opens the panel, at a view or a request if the host names one.
    pub fn open(&self, wish: Wish) {
        self.session.open(view_of(&wish));
        self.session.prefill(prefill_of(wish));
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

/// A request, or a view.
fn view_of(wish: &Wish) -> Option<View> {
    let id = wish.request();
    let id = id.as_f64().map_or_else(|| id.as_string()?.parse().ok(), |id| Some(id as i64));
    id.map(|id| View::Request { id, from: List::Mine }).or_else(|| View::from_name(&wish.view()?))
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
    // Not by its class: a host may have made it in a frame, whose classes are others.
    let wish = wish.is_object().then(|| wish.unchecked_ref())?;
    let fields: Array = Object::entries(wish)
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
