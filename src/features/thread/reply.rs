//! The reply box. Its text outlives the view, and its key makes a second try harmless.

use super::opening::Thread;
use crate::{
    client::{Doing, Error, Reader},
    features::{
        attachments::{Attachments, picker, takes_files},
        failure::{failure_to_send, mail_of},
        session::Session,
    },
    i18n::Key,
    state::{
        draft::ReplyDraft,
        replying::{Left, Try, left},
        sending::Sending,
    },
    ui::{
        alert::alert,
        button::{Press, form, quiet_button, submit_button},
        field::{FieldKind, TextField, text_field},
        focus::focus_soon,
        lifetime::listen,
        node::{Node, el, place},
        task::spawn,
        var::Var,
    },
};
use api::request::Status;
use leptos::prelude::window;
use std::{cell::RefCell, rc::Rc};

/// A reply while it is written and sent.
#[derive(Clone)]
struct Writing(Rc<Inner>);

struct Inner {
    thread: Thread,
    draft: Var<ReplyDraft>,
    sending: Var<Sending<(), Error>>,
    /// Send was pressed with nothing in the box.
    missing: Var<bool>,
    /// Something else was sent under this key and has arrived.
    doubled: Var<bool>,
    /// What was sent under the key so far.
    tries: RefCell<Vec<Try>>,
    /// What is said above the buttons; the focus goes there when a button goes.
    hint: Node,
}

/// Text, Send, and Solve where one may. A reply to a solved request opens it again, which is said
/// beforehand.
pub(super) fn reply(thread: &Thread) -> Node {
    let (said, session) = (Rc::clone(thread), &thread.session);
    let hint = el("p", "hr-field__hint").attr("tabindex", "-1").live_text(move || {
        let is_solved = said.status() == Some(Status::Solved);
        if is_solved { said.session.text(Key::ReplyReopens).to_owned() } else { String::new() }
    });
    let writing = Writing(Rc::new(Inner {
        thread: Rc::clone(thread),
        draft: Var::new(session.reply_to(thread.id)),
        sending: Var::default(),
        missing: Var::default(),
        doubled: Var::default(),
        tries: RefCell::default(),
        hint: hint.clone(),
    }));
    writing.hear_of_other_tabs();
    let sent = writing.clone();
    let press: Press = Rc::new(move || sent.send(false));
    let busy = writing.clone();
    let button = submit_button(move || {
        let (key, is_busy) = match &*busy.0.sending.read() {
            Sending::Waiting => (Key::SendWaiting, true),
            Sending::Sending => (Key::ReplySending, true),
            _ => (Key::ReplySend, false),
        };
        (busy.session().text(key).to_owned(), is_busy)
    });
    let files = writing.files();
    let form = form(Rc::clone(&press), "hr-form hr-form--reply")
        .child(writing.field())
        .child(picker(session, &files))
        .child(hint)
        .child(writing.doubled())
        .child(writing.failure())
        .child(button)
        .child(writing.solve_button());
    takes_files(form, session, &files)
}

impl Writing {
    fn session(&self) -> &Session {
        &self.0.thread.session
    }

    fn is_busy(&self) -> bool {
        matches!(*self.0.sending.read(), Sending::Waiting | Sending::Sending)
    }

    fn files(&self) -> Attachments {
        self.session().reply_files(self.0.thread.id)
    }

    /// Tokens of the files that have gone up.
    fn tokens(&self) -> Vec<String> {
        let kept = self.session().reply_to(self.0.thread.id);
        kept.files.into_iter().map(|file| file.token).collect()
    }

    /// Another tab has sent the reply that stands here, too, or emptied it. It goes from here as well, unless
    /// a person has made another text of it here, which is theirs to keep.
    fn hear_of_other_tabs(&self) {
        let here = self.clone();
        listen(&window(), "storage", move |event| {
            let request = here.0.thread.id;
            let erased = here.session().erased_reply(request, &Reader(event.into()));
            let Some(erased) = erased.filter(|_| !here.is_busy()) else { return };
            if erased.key == here.0.draft.peek().key && erased.text == here.0.draft.peek().text {
                here.begin_anew(&Try { text: erased.text, files: here.tokens(), solve: false });
            }
        });
    }

    /// Keeps what stands here for a later visit, with its key and its files.
    fn keep(&self) {
        let draft = self.0.draft.peek().clone();
        let files = self.session().reply_to(draft.request).files;
        self.session().keep_reply(ReplyDraft { files, ..draft });
    }

    fn field(&self) -> Node {
        let (shown, checked, typed) = (self.clone(), self.clone(), self.clone());
        text_field(TextField {
            kind: FieldKind::Text,
            id: "hr-reply",
            label: self.session().text(Key::ReplyLabel).to_owned(),
            hint: String::new(),
            value: Box::new(move || shown.0.draft.read().text.clone()),
            error: Rc::new(move || {
                let missing = checked.0.missing.get();
                missing.then(|| checked.session().text(Key::ReplyMissing).to_owned())
            }),
            on_input: Box::new(move |text| {
                typed.0.missing.set(false);
                typed.0.draft.update(|draft| draft.text = text);
                typed.keep();
            }),
        })
    }

    /// Solves, with what stands in the box if anything does.
    fn solve_button(&self) -> Node {
        let (known, writing) = (self.clone(), self.clone());
        place(
            move || known.0.thread.can().solve,
            move |may_solve| {
                let (pressed, busy, said) = (writing.clone(), writing.clone(), writing.clone());
                may_solve.then(|| {
                    quiet_button("", Rc::new(move || pressed.send(true)))
                        .attr("data-solve", "")
                        .live_attr("aria-disabled", move || busy.is_busy().then_some("true"))
                        .live_text(move || {
                            let is_empty = said.0.draft.read().text.trim().is_empty();
                            let key = if is_empty { Key::Solve } else { Key::SolveWithReply };
                            said.session().text(key).to_owned()
                        })
                })
            },
        )
    }

    /// Said when another version of the reply had arrived. What was typed stands untouched.
    fn doubled(&self) -> Node {
        let (known, shown) = (self.clone(), self.clone());
        place(
            move || known.0.doubled.get(),
            move |doubled| {
                let words = shown.session().text(Key::ReplyDoubled);
                doubled.then(|| alert().child(el("p", "").text(words)))
            },
        )
    }

    /// Said above the button when a try failed; the text stands untouched.
    fn failure(&self) -> Node {
        let (known, shown) = (self.clone(), self.clone());
        place(
            move || match &*known.0.sending.read() {
                Sending::Failed(error) => Some(error.clone()),
                _ => None,
            },
            move |error| {
                let session = shown.session();
                let solves = shown.0.tries.borrow().last().is_some_and(|last| last.solve);
                let (again, key) =
                    (shown.clone(), if solves { Key::SolveFailed } else { Key::ReplyFailed });
                let lead = [session.text(key), " ", session.text(Key::Kept)].concat();
                let retry: Press = Rc::new(move || again.send(solves));
                let written = shown.clone();
                let written = Box::new(move || {
                    let id = written.0.thread.id.to_string();
                    mail_of(&["#", &id].concat(), &written.0.draft.read().text)
                });
                Some(failure_to_send(session, &lead, error.as_ref()?, retry, written))
            },
        )
    }

    /// Says what stands in the box as soon as its files are there, and solves if that is wanted. Whatever
    /// fails, the next try goes out under the same key.
    fn send(&self, solve: bool) {
        let files = self.files();
        let is_empty = self.0.draft.peek().text.trim().is_empty();
        if is_empty && !solve && !files.is_busy() && self.tokens().is_empty() {
            return self.0.missing.set(true);
        }
        if !self.0.sending.peek().can_start() {
            return;
        }
        self.0.sending.set(Sending::Waiting);
        let writing = self.clone();
        self.files().when_settled(move || {
            if files.has_failed() {
                let session = writing.session();
                session.announcement.set(session.text(Key::FilesFailed).to_owned());
                writing.0.sending.set(Sending::Writing);
            } else {
                writing.send_now(solve);
            }
        });
    }

    fn send_now(&self, solve: bool) {
        // Before anything goes out, its key is kept, so that a try after a crash is known for the same.
        self.keep();
        let text = self.0.draft.peek().text.clone();
        let text = if text.trim().is_empty() { String::new() } else { text };
        self.0.sending.set(Sending::Sending);
        self.0.doubled.set(false);
        let now = Try { text, files: self.tokens(), solve };
        self.0.tries.borrow_mut().push(now.clone());
        let writing = self.clone();
        spawn(async move {
            let outcome = match writing.try_once(now).await {
                Err(Error::Superseded) => return,
                Err(error) => Sending::Failed(error),
                Ok(()) => Sending::Writing,
            };
            writing.0.sending.set(outcome);
        });
    }

    async fn try_once(&self, mut now: Try) -> Result<(), Error> {
        let thread = &self.0.thread;
        loop {
            let key = self.0.draft.peek().key.clone();
            let doing = Doing {
                text: now.text.clone(),
                files: now.files.clone(),
                solve: now.solve,
                ..Doing::default()
            };
            match thread.act(&doing, &key).await {
                Ok(()) => {
                    self.begin_anew(&now);
                    break;
                }
                Err(Error::Repeated(_)) => {
                    // Taken before the match: beginning anew empties the tries.
                    let left = left(&self.0.tries.borrow(), &now);
                    match left {
                        Left::Nothing => {
                            self.begin_anew(&now);
                            thread.look_again();
                            break;
                        }
                        Left::Solving => {
                            self.begin_anew(&now);
                            now.text.clear();
                            now.files.clear();
                        }
                        Left::Saying => {
                            self.begin_anew(&Try::default());
                            self.0.doubled.set(true);
                            thread.look_again();
                            return Ok(());
                        }
                    }
                }
                Err(error) => {
                    // It may have been closed meanwhile, and then there is another way on.
                    if matches!(error, Error::Invalid(_) | Error::Denied) {
                        thread.look_again();
                    }
                    return Err(error);
                }
            }
        }
        let session = self.session();
        let is_solved = thread.status() == Some(Status::Solved);
        let said = if now.solve && is_solved { Key::SolveDone } else { Key::ReplySent };
        session.announcement.set(session.text(said).to_owned());
        if now.solve {
            focus_soon(&self.0.hint);
        }
        Ok(())
    }

    /// A new key, and an empty box; what was typed or attached while the reply was on its way stays.
    fn begin_anew(&self, sent: &Try) {
        let request = self.0.thread.id;
        let typed = self.0.draft.peek().text.clone();
        let text = if typed == sent.text { String::new() } else { typed };
        let session = self.session();
        let mut files = session.reply_to(request).files;
        if self.tokens() == sent.files {
            self.files().clear();
            files.clear();
        }
        // An empty one is dropped, and with it the key.
        session.keep_reply(ReplyDraft { request, ..ReplyDraft::default() });
        let draft = ReplyDraft { text, files, ..session.reply_to(request) };
        session.keep_reply(draft.clone());
        self.0.draft.set(draft);
        self.0.tries.borrow_mut().clear();
        self.0.thread.ask_newer();
    }
}
