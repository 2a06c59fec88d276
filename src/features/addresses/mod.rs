//! A field of e-mail addresses: each becomes a chip, and colleagues are offered while one types. It
//! follows the combobox pattern of WAI-ARIA: the focus stays in the input, arrow keys move within
//! what is offered.

mod chips;
mod offers;

use crate::{
    features::session::Session,
    i18n::Key,
    state::{address, suggestions::Suggestions},
    ui::{
        call::{Ask, Tell},
        field::{ErrorText, field_error, set_value, value_of},
        lifetime::Timer,
        node::{Node, at_end, el, follow},
        task::spawn,
        var::Var,
    },
};
use std::{cell::RefCell, rc::Rc};
use wasm_bindgen::JsCast;
use web_sys::{Event, KeyboardEvent};

/// A pause in typing, in milliseconds, after which it is worth asking.
const PAUSE: u32 = 180;

/// What such a field is about.
pub struct AddressField {
    /// Unique within the shadow root.
    pub id: &'static str,
    pub label: Key,
    pub hint: Key,
    /// The text, which the caller keeps: addresses with commas between them; followed.
    pub value: Box<dyn Ask<String>>,
    pub on_change: Box<dyn Tell<String>>,
    /// What is wrong with it, or nothing; followed.
    pub error: ErrorText,
}

/// The field while it is shown. Cloning gives another handle on the same.
#[derive(Clone)]
struct Writing(Rc<Inner>);

struct Inner {
    session: Session,
    value: Box<dyn Ask<String>>,
    on_change: Box<dyn Tell<String>>,
    offered: Var<Suggestions>,
    pause: RefCell<Option<Timer>>,
    input: Node,
}

/// A labelled field of addresses.
#[must_use]
pub fn address_field(session: &Session, field: AddressField) -> Node {
    let id = field.id;
    let (hint_id, error_id) = ([id, "-hint"].concat(), [id, "-error"].concat());
    let is_wrong = Rc::clone(&field.error);
    let input = el("input", "hr-chips__input")
        .attr("id", id)
        .attr("autocomplete", "off")
        .attr("autocapitalize", "none")
        .attr("inputmode", "email")
        .attr("role", "combobox")
        .attr("aria-autocomplete", "list")
        .attr("aria-controls", offers::LIST)
        .attr("aria-describedby", &[&hint_id, " ", &error_id].concat())
        .live_attr("aria-invalid", move || is_wrong.ask().map(|_| "true"));
    let writing = Writing(Rc::new(Inner {
        session: session.clone(),
        value: field.value,
        on_change: field.on_change,
        offered: Var::default(),
        pause: RefCell::default(),
        input: input.clone(),
    }));
    let leaving = writing.clone();
    at_end(move || leaving.be_still());
    let box_of_all = el("div", "hr-field__control hr-chips")
        .child(chips::chips(&writing))
        .child(writing.listen(input));
    el("div", "hr-field hr-field--chips")
        .child(el("label", "hr-field__label").attr("for", id).text(session.text(field.label)))
        .child(el("p", "hr-field__hint").attr("id", &hint_id).text(session.text(field.hint)))
        .child(box_of_all)
        .child(offers::offers(&writing))
        .child(field_error(&error_id, field.error))
}

impl Writing {
    fn listen(&self, input: Node) -> Node {
        let (shown, element) = (self.clone(), input.clone());
        follow(Box::new(move || {
            let text = shown.0.value.ask();
            set_value(&element, address::parts(&text).1);
        }));
        let (typing, keyed, pasting, left) =
            (self.clone(), self.clone(), self.clone(), self.clone());
        offers::told(self, input)
            .on("input", move |_| typing.type_in(&value_of(&typing.0.input)))
            .on("keydown", move |event| keyed.key(event.unchecked_ref()))
            .on("paste", move |event| pasting.paste(&event))
            .on("blur", move |_| left.close())
    }

    /// The addresses that are complete; followed.
    fn complete(&self) -> Vec<String> {
        address::parts(&self.0.value.ask()).0
    }

    fn type_in(&self, typed: &str) {
        let before = self.complete();
        let (more, typed) = match address::several(typed) {
            Some(several) => (several, ""),
            None => address::parts(typed),
        };
        self.set(before, more, typed);
        self.ask_after_a_pause(typed.trim().to_owned());
    }

    /// Makes chips of addresses.
    fn take(&self, addresses: Vec<String>) {
        self.set(self.complete(), addresses, "");
        self.close();
    }

    fn set(&self, before: Vec<String>, more: Vec<String>, typed: &str) {
        // Once each.
        let complete = address::split(&address::joined(&[before, more].concat(), ""));
        self.0.on_change.tell(address::joined(&complete, typed));
    }

    fn remove(&self, address: &str) {
        let typed = value_of(&self.0.input);
        let mut complete = self.complete();
        complete.retain(|other| other != address);
        self.0.on_change.tell(address::joined(&complete, &typed));
        self.0.session.say(Key::CcRemoved, address);
        _ = self.0.input.element().focus();
    }

    fn key(&self, event: &KeyboardEvent) {
        if event.is_composing() {
            return;
        }
        let typed = value_of(&self.0.input);
        let handled = match event.key().as_str() {
            key @ ("ArrowDown" | "ArrowUp") => {
                self.0.offered.update(|offered| offered.step(key == "ArrowDown"));
                true
            }
            "Enter" => {
                let chosen = self.0.offered.peek().chosen().map(|address| vec![address.to_owned()]);
                let addresses = chosen.unwrap_or_else(|| address::split(&typed));
                let any = !addresses.is_empty();
                if any {
                    self.take(addresses);
                }
                any
            }
            // It closes what is open here, and the panel only after that.
            "Escape" if !self.0.offered.peek().people.is_empty() => {
                event.stop_propagation();
                self.close();
                true
            }
            "Backspace" if typed.is_empty() => {
                if let Some(last) = self.complete().last() {
                    self.remove(last);
                }
                true
            }
            _ => false,
        };
        if handled {
            event.prevent_default();
        }
    }

    /// A one-line field would lose the line breaks between addresses.
    fn paste(&self, event: &Event) {
        let text = pasted(event);
        let addresses = address::split(&text);
        if addresses.len() > 1 {
            event.prevent_default();
            self.take(addresses);
        }
    }

    fn ask_after_a_pause(&self, typed: String) {
        self.be_still();
        if typed.is_empty() {
            return self.close();
        }
        let mut question = 0;
        self.0.offered.update(|offered| question = offered.ask());
        let asking = self.clone();
        let pause = Timer::after(PAUSE, Box::new(move || asking.ask(question, typed)));
        self.0.pause.replace(pause);
    }

    fn ask(&self, question: u32, typed: String) {
        let asking = self.clone();
        spawn(async move {
            // Whoever cannot be offered anybody can type the address.
            let people = asking.0.session.client.people(&typed).await.unwrap_or_default();
            let already = asking.complete();
            asking.0.offered.update(|offered| offered.offer(question, people, &already));
        });
    }

    fn close(&self) {
        self.be_still();
        self.0.offered.update(Suggestions::close);
    }

    fn be_still(&self) {
        self.0.pause.take();
    }
}

fn pasted(event: &Event) -> String {
    let carrier = crate::client::Reader(event.into()).get("clipboardData").0;
    let carrier: web_sys::DataTransfer = carrier.unchecked_into();
    carrier.get_data("text").unwrap_or_default()
}
