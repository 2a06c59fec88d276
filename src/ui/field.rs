//! Text fields: a real label, a hint and an error that belong to the field for everybody.

use super::{
    call::{Ask, Tell},
    node::{Node, el, follow},
};
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, HtmlTextAreaElement};

/// What a text field is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    Line,
    Text,
}

/// What a text field shows and says.
pub struct TextField {
    pub kind: FieldKind,
    /// Unique within the shadow root.
    pub id: &'static str,
    pub label: String,
    pub hint: String,
    /// The text, which the caller keeps; followed.
    pub value: Box<dyn Ask<String>>,
    /// What is wrong with it, or nothing; followed.
    pub error: ErrorText,
    pub on_input: Box<dyn Tell<String>>,
}

/// What is wrong with a field, if anything.
pub type ErrorText = Rc<dyn Ask<Option<String>>>;

/// A labelled text field.
#[must_use]
pub fn text_field(field: TextField) -> Node {
    let (id, on_input, value) = (field.id, field.on_input, field.value);
    let hint_id = [id, "-hint"].concat();
    let error_id = [id, "-error"].concat();
    let is_wrong = Rc::clone(&field.error);
    let control = match field.kind {
        FieldKind::Text => el("textarea", "hr-field__control hr-field__control--text"),
        FieldKind::Line => el("input", "hr-field__control"),
    };
    let control = control
        .attr("id", id)
        // People may write in another direction than the texts around have.
        .attr("dir", "auto")
        .attr("autocomplete", "off")
        .attr("aria-describedby", &[&hint_id, " ", &error_id].concat())
        .live_attr("aria-invalid", move || is_wrong.ask().map(|_| "true"));
    let typed = control.clone();
    let control = control.on("input", move |_| on_input.tell(value_of(&typed)));
    let shown = control.clone();
    follow(Box::new(move || set_value(&shown, &value.ask())));
    el("div", "hr-field")
        .child(el("label", "hr-field__label").attr("for", id).text(&field.label))
        .child(el("p", "hr-field__hint").attr("id", &hint_id).text(&field.hint))
        .child(control)
        .child(field_error(&error_id, field.error))
}

/// What is wrong with a field; takes no room while nothing is.
#[must_use]
pub fn field_error(id: &str, error: ErrorText) -> Node {
    el("p", "hr-field__error").attr("id", id).live_text(move || error.ask().unwrap_or_default())
}

/// What a control holds.
#[must_use]
pub fn value_of(control: &Node) -> String {
    let element = control.element();
    element.dyn_ref::<HtmlTextAreaElement>().map_or_else(
        || element.unchecked_ref::<HtmlInputElement>().value(),
        HtmlTextAreaElement::value,
    )
}

/// Setting the same text again would move the caret in some browsers.
pub fn set_value(control: &Node, text: &str) {
    if value_of(control) != text {
        let element = control.element();
        match element.dyn_ref::<HtmlTextAreaElement>() {
            Some(area) => area.set_value(text),
            None => element.unchecked_ref::<HtmlInputElement>().set_value(text),
        }
    }
}
