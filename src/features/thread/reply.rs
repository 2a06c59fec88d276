//! The reply box. Its text outlives the view, and its key makes a second try harmless.

use crate::{
    client::Error,
    features::{
        failure::failure,
        session::{Happening, Session},
    },
    i18n::Key,
    state::{draft::ReplyDraft, sending::Sending},
    ui::{
        button::{Press, form, submit_button},
        field::{FieldKind, TextField, text_field},
        node::{Node, el, place},
        var::Var,
    },
};
use api::request::Request;
use leptos::task::spawn_local;
use std::rc::Rc;

/// What is done with the changed request after a reply.
pub(super) type OnReplied = Rc<dyn Fn(Request)>;

/// A reply while it is written and sent.
#[derive(Clone)]
struct Writing {
    session: Session,
    draft: Var<ReplyDraft>,
    sending: Var<Sending<(), Error>>,
    /// Send was pressed with nothing in the box.
    missing: Var<bool>,
    on_replied: OnReplied,
}

/// Text and Send. A reply to a solved request opens it again, which is said beforehand.
#[must_use]
pub(super) fn reply(
    session: &Session,
    id: i64,
    is_solved: impl Fn() -> bool + 'static,
    on_replied: OnReplied,
) -> Node {
    let writing = Writing {
        session: session.clone(),
        draft: Var::new(session.reply_to(id)),
        sending: Var::default(),
        missing: Var::default(),
        on_replied,
    };
    let (sent, sending) = (writing.clone(), writing.sending.clone());
    let press: Press = Rc::new(move || sent.send());
    let button = submit_button(
        session.text(Key::ReplySend).to_owned(),
        session.text(Key::ReplySending).to_owned(),
        move || *sending.read() == Sending::Sending,
    );
    let said = session.clone();
    let reopens = el("p", "hr-field__hint").live_text(move || {
        if is_solved() { said.text(Key::ReplyReopens).to_owned() } else { String::new() }
    });
    form(press.clone(), "hr-form hr-form--reply")
        .child(writing.field())
        .child(reopens)
        .child(writing.failure(press))
        .child(button)
}

impl Writing {
    fn field(&self) -> Node {
        let (shown, checked, typed) = (self.clone(), self.clone(), self.clone());
        text_field(TextField {
            kind: FieldKind::Text,
            id: "hr-reply",
            label: self.session.text(Key::ReplyLabel).to_owned(),
            hint: String::new(),
            value: Box::new(move || shown.draft.read().text.clone()),
            error: Rc::new(move || {
                checked.missing.get().then(|| checked.session.text(Key::ReplyMissing).to_owned())
            }),
            on_input: Box::new(move |text| {
                typed.missing.set(false);
                typed.draft.update(|draft| draft.text = text);
                typed.session.keep_reply(typed.draft.peek().clone());
            }),
        })
    }

    /// Said above the button when a try failed; the text stands untouched.
    fn failure(&self, retry: Press) -> Node {
        let (sending, session) = (self.sending.clone(), self.session.clone());
        place(
            move || match &*sending.read() {
                Sending::Failed(error) => Some(error.clone()),
                _ => None,
            },
            move |error| {
                let lead = [session.text(Key::ReplyFailed), " ", session.text(Key::Kept)].concat();
                Some(failure(&session, &lead, error.as_ref()?, Rc::clone(&retry)))
            },
        )
    }

    /// An empty box with a new key; what was typed while the reply was on its way stays in it.
    fn begin_anew(&self, sent: &ReplyDraft) {
        let typed = self.draft.peek().text.clone();
        let text = if typed == sent.text { String::new() } else { typed };
        self.session.keep_reply(ReplyDraft { text: String::new(), ..sent.clone() });
        let draft = ReplyDraft { text, ..self.session.reply_to(sent.request) };
        self.session.keep_reply(draft.clone());
        self.draft.set(draft);
    }

    fn send(&self) {
        if self.draft.peek().text.trim().is_empty() {
            return self.missing.set(true);
        }
        if !self.sending.peek().can_start() {
            return;
        }
        self.sending.set(Sending::Sending);
        let writing = self.clone();
        spawn_local(async move {
            let reply = writing.draft.peek().clone();
            let session = &writing.session;
            match session.client.reply(reply.request, &reply.text, &reply.key).await {
                Err(Error::Superseded) => {}
                Err(error) => writing.sending.set(Sending::Failed(error)),
                Ok(request) => {
                    writing.begin_anew(&reply);
                    session.tell(Happening::Updated(request.id));
                    session.announcement.set(session.text(Key::ReplySent).to_owned());
                    writing.sending.set(Sending::Writing);
                    (writing.on_replied)(request);
                }
            }
        });
    }
}
