//! Who is copied, and how that is changed where one may.

use super::opening::Thread;
use crate::{
    client::{Doing, Error},
    features::{
        addresses::{AddressField, address_field},
        failure::failure,
        session::new_key,
    },
    i18n::Key,
    state::{address, load::Load, sending::Sending},
    ui::task::spawn,
    ui::{
        alert::alert,
        button::{Press, form, icon_button, quiet_button, submit_button},
        focus::focus_first,
        icon::{Icon, icon},
        node::{Node, el, place},
        var::Var,
    },
};
use std::rc::Rc;

/// A change of those copied, while it is made.
#[derive(Clone)]
struct Copying(Rc<Inner>);

struct Inner {
    thread: Thread,
    sending: Var<Sending<(), Error>>,
    /// What is being done, under its key: the next try after a failure does the same.
    doing: Var<(Doing, String)>,
    /// Whether the field for addresses is open, and what stands in it.
    is_open: Var<bool>,
    typed: Var<String>,
    wrong: Var<Option<String>>,
    /// The way to open it, to which the focus goes back.
    part: Node,
}

/// Those copied, and the way to copy more.
pub(super) fn people(thread: &Thread) -> Node {
    let part = el("div", "hr-people");
    let copying = Copying(Rc::new(Inner {
        thread: Rc::clone(thread),
        sending: Var::default(),
        doing: Var::default(),
        is_open: Var::default(),
        typed: Var::default(),
        wrong: Var::default(),
        part: part.clone(),
    }));
    part.child(copying.list()).child(copying.field()).child(copying.failure())
}

impl Copying {
    fn list(&self) -> Node {
        let (known, shown) = (self.clone(), self.clone());
        place(
            move || {
                let thread = &known.0.thread;
                // The names come with the answer that shows who they are.
                let opened = thread.request.state.read();
                let people = opened.ready().map(|opened| opened.people.clone());
                (thread.with(|request| request.email_cc_ids.clone()), thread.can(), people)
            },
            move |(ids, can, people)| {
                let (ids, people) = (ids.as_ref()?, people.as_ref()?);
                let text = |key| shown.0.thread.session.text(key);
                let chips = ids.iter().filter_map(|id| {
                    let person = people.iter().find(|person| person.id == *id)?;
                    Some(shown.chip(*id, &person.name, can.uncc.contains(id)))
                });
                let list = el("ul", "hr-people__list").attr("aria-label", text(Key::CcPeople));
                let add = can.cc.then(|| {
                    let opening = shown.clone();
                    quiet_button(text(Key::CcAdd), Rc::new(move || opening.open()))
                        .attr("data-add", "")
                });
                let label = el("span", "hr-people__label").text(text(Key::CcPeople));
                let is_any = !ids.is_empty();
                let list = is_any.then(|| list.children(chips));
                (is_any || can.cc).then(|| {
                    let row = el("div", "hr-people__row");
                    row.children(is_any.then_some(label)).children(list).children(add)
                })
            },
        )
    }

    fn chip(&self, id: i64, name: &str, removable: bool) -> Node {
        let (removing, i18n) = (self.clone(), &self.0.thread.session.i18n);
        let remove = removable.then(|| {
            let label = i18n.fill(Key::CcRemove, &[("name", name)]);
            let press = move || removing.start(Doing { uncopy: Some(id), ..Doing::default() });
            icon_button(&label, icon(Icon::Close), Rc::new(press))
        });
        let name = el("span", "hr-people__name").attr("dir", "auto").text(name);
        el("li", "hr-people__chip").child(name).children(remove)
    }

    fn open(&self) {
        self.0.is_open.set(true);
        focus_first(&self.0.part, "input");
    }

    /// The addresses to be copied; away while nobody asks for it.
    fn field(&self) -> Node {
        let (known, shown) = (self.clone(), self.clone());
        place(
            move || known.0.is_open.get(),
            move |is_open| {
                let session = &shown.0.thread.session;
                let (value, error, typed, sent) =
                    (shown.clone(), shown.clone(), shown.clone(), shown.clone());
                let busy = shown.clone();
                is_open.then(|| {
                    let field = AddressField {
                        id: "hr-copy",
                        label: Key::CcLabel,
                        hint: Key::CcHint,
                        value: Box::new(move || value.0.typed.get()),
                        error: Rc::new(move || error.0.wrong.get()),
                        on_change: Box::new(move |text| {
                            typed.0.wrong.set(None);
                            typed.0.typed.set(text);
                        }),
                    };
                    let field = address_field(session, field);
                    let button = submit_button(move || {
                        let is_busy = *busy.0.sending.read() == Sending::Sending;
                        let key = if is_busy { Key::Sending } else { Key::CcAdd };
                        (busy.0.thread.session.text(key).to_owned(), is_busy)
                    });
                    form(Rc::new(move || sent.submit()), "hr-form").child(field).child(button)
                })
            },
        )
    }

    fn submit(&self) {
        let addresses = address::split(&self.0.typed.peek());
        let wrong = addresses.iter().find(|address| !address::is_plausible(address));
        if let Some(wrong) = wrong {
            let i18n = &self.0.thread.session.i18n;
            let words = i18n.fill(Key::CcInvalid, &[("address", wrong)]);
            self.0.wrong.set(Some(words));
            return focus_first(&self.0.part, "input");
        }
        if addresses.is_empty() {
            return self.close();
        }
        self.start(Doing { copy: addresses, ..Doing::default() });
    }

    fn close(&self) {
        self.0.is_open.set(false);
        self.0.typed.set(String::new());
        focus_first(&self.0.part, "[data-add]");
    }

    /// Does it. The same after a failure goes out under the same key.
    fn start(&self, doing: Doing) {
        if !self.0.sending.peek().can_start() {
            return;
        }
        if self.0.doing.peek().0 != doing {
            self.0.doing.set((doing.clone(), new_key()));
        }
        self.0.sending.set(Sending::Sending);
        let copying = self.clone();
        spawn(async move {
            let key = copying.0.doing.peek().1.clone();
            let outcome = match copying.try_once(&doing, &key).await {
                Err(Error::Superseded) => return,
                Err(error) => Sending::Failed(error),
                Ok(()) => {
                    copying.0.doing.set((Doing::default(), String::new()));
                    Sending::Writing
                }
            };
            copying.0.sending.set(outcome);
        });
    }

    async fn try_once(&self, doing: &Doing, key: &str) -> Result<(), Error> {
        let thread = &self.0.thread;
        let session = &thread.session;
        let name = doing.uncopy.and_then(|id| {
            let opened = thread.request.state.peek();
            let person = opened.ready()?.people.iter().find(|person| person.id == id)?;
            Some(person.name.clone())
        });
        let done = match name {
            Some(name) => session.i18n.fill(Key::CcRemoved, &[("name", &name)]),
            None => session.text(Key::CcAdded).to_owned(),
        };
        thread.act(doing, key).await?;
        session.announcement.set(done);
        if doing.copy.is_empty() {
            // The button that was pressed is gone.
            focus_first(&self.0.part, "button");
        } else {
            self.close();
        }
        // Whoever took themselves off the copies may not see it any more.
        match session.client.opened(thread.id).await {
            Ok(opened) => thread.request.state.set(Load::Ready(opened)),
            Err(Error::NotFound) => thread.leave(),
            Err(_) => {}
        }
        thread.ask_newer();
        Ok(())
    }

    fn failure(&self) -> Node {
        let (known, shown) = (self.clone(), self.clone());
        place(
            move || match &*known.0.sending.read() {
                Sending::Failed(error) => Some(error.clone()),
                _ => None,
            },
            move |error| {
                let (session, again) = (&shown.0.thread.session, shown.clone());
                if *error.as_ref()? == Error::Denied {
                    let words = el("p", "").text(session.text(Key::CcDenied));
                    return Some(alert().child(words));
                }
                let retry: Press = Rc::new(move || {
                    let doing = again.0.doing.peek().0.clone();
                    again.start(doing);
                });
                Some(failure(session, session.text(Key::CcFailed), error.as_ref()?, retry))
            },
        )
    }
}
