//! Files of a comment: picked, dropped or pasted, sent up ahead of it, and kept with its draft.
//!
//! [`Attachments`] outlives the view that shows it, so a closed panel stops nothing. The form has
//! one, and so has each reply (`Session::reply_files`); [`picker`] shows it, [`takes_files`] lets a
//! part of the page take what is dropped and pasted.

mod list;
mod picker;
mod taking;

pub use picker::picker;
pub use taking::takes_files;

use super::session::{machine_time, new_key};
use crate::{
    client::{Client, Error, Outgoing},
    state::{
        draft::Upload,
        files::{Files, Refusal, Stage},
    },
    ui::{call::Tell, task::spawn, var::Var},
};
use api::policy::Limits;
use std::{cell::RefCell, rc::Rc};
use web_sys::File;

/// The files of one comment. Cloning gives another handle on the same.
#[derive(Clone)]
pub struct Attachments(Rc<Inner>);

struct Inner {
    client: Client,
    files: Var<Files<Error>>,
    refused: Var<Option<Refusal>>,
    outgoing: RefCell<Vec<Sent>>,
    on_change: Box<dyn Tell<Vec<Upload>>>,
    /// What waits for the last of them.
    waiting: RefCell<Option<Box<dyn FnOnce()>>>,
}

/// What is needed to send one again. The key makes that harmless.
#[derive(Clone)]
struct Sent {
    id: u32,
    key: String,
    file: Outgoing,
}

impl Attachments {
    /// `on_change` hears what a comment can take, whenever that changes.
    #[must_use]
    pub fn new(client: &Client, on_change: impl Fn(Vec<Upload>) + 'static) -> Self {
        Self(Rc::new(Inner {
            client: client.clone(),
            files: Var::default(),
            refused: Var::default(),
            outgoing: RefCell::default(),
            on_change: Box::new(on_change),
            waiting: RefCell::default(),
        }))
    }

    /// Puts back what had gone up at an earlier visit.
    pub fn restore(&self, uploads: &[Upload]) {
        let mut gone = None;
        self.0.files.update(|files| gone = files.restore(uploads, machine_time()));
        if gone.is_some() {
            self.0.refused.set(gone);
            self.changed();
        }
    }

    /// Ends what is on its way, and forgets all of it.
    pub fn clear(&self) {
        self.0.waiting.take();
        for sent in self.0.outgoing.take() {
            sent.file.cancel();
        }
        self.0.refused.set(None);
        self.0.files.set(Files::default());
    }

    /// Whether anything is on its way; followed.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.0.files.read().is_busy()
    }

    /// Whether one of them could not be sent; followed.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.0.files.read().has_failed()
    }

    /// Calls once nothing is on its way any more, which may be now. A later call replaces this one.
    pub fn when_settled(&self, act: impl FnOnce() + 'static) {
        self.0.waiting.replace(Some(Box::new(act)));
        self.settle();
    }

    /// Takes files; those that the limits forbid are refused with words.
    pub fn add(&self, files: Vec<File>, limits: &Limits) {
        let mut refused = None;
        for file in files {
            let (name, size) = (file.name(), file.size() as i64);
            let mut added = Err(Refusal::TooMany);
            self.0.files.update(|files| added = files.add(name, size, limits));
            match added {
                Ok(id) => self.prepare(id, file),
                Err(reason) => refused = Some(reason),
            }
        }
        self.0.refused.set(refused);
        self.go_on();
    }

    fn prepare(&self, id: u32, file: File) {
        let files = self.0.files.clone();
        let progress = move |percent| files.update(|files| files.set(id, Stage::Running(percent)));
        if let Some(file) = Outgoing::new(file, progress) {
            self.0.outgoing.borrow_mut().push(Sent { id, key: new_key(), file });
        }
    }

    fn retry(&self, id: u32) {
        self.0.files.update(|files| files.set(id, Stage::Waiting));
        self.go_on();
    }

    fn remove(&self, id: u32) {
        // Forgotten first: what is told of its end must not find it.
        let mut token = None;
        self.0.files.update(|files| token = files.remove(id));
        self.0.refused.set(None);
        if let Some(sent) = self.sent(id) {
            self.0.outgoing.borrow_mut().retain(|sent| sent.id != id);
            sent.file.cancel();
        }
        if let Some(token) = token {
            let client = self.0.client.clone();
            spawn(async move { client.take_back(&token).await });
        }
        self.changed();
        self.go_on();
    }

    fn sent(&self, id: u32) -> Option<Sent> {
        self.0.outgoing.borrow().iter().find(|sent| sent.id == id).cloned()
    }

    /// Lets the next ones go up.
    fn go_on(&self) {
        loop {
            let mut next = None;
            self.0.files.update(|files| next = files.start_next());
            let Some(id) = next else { break };
            self.send(id);
        }
        self.settle();
    }

    fn send(&self, id: u32) {
        let Some(sent) = self.sent(id) else {
            return self.0.files.update(|files| files.set(id, Stage::Failed(Error::Server)));
        };
        let this = self.clone();
        spawn(async move {
            match this.0.client.upload(&sent.file, &sent.key).await {
                // It was the file of somebody who is not here any more.
                Err(Error::Superseded) => return,
                Ok(token) => this.0.files.update(|files| files.done(id, token, machine_time())),
                Err(error) => this.0.files.update(|files| files.set(id, Stage::Failed(error))),
            }
            this.changed();
            this.go_on();
        });
    }

    fn changed(&self) {
        self.0.on_change.tell(self.0.files.peek().uploads());
    }

    fn settle(&self) {
        if !self.0.files.peek().is_busy() {
            let waiting = self.0.waiting.take();
            if let Some(act) = waiting {
                act();
            }
        }
    }
}
