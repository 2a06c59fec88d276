//! What a person writes: the request, the replies, and what of them is kept for the next visit.

use super::{KEY_LASTS, Prefill, Shared, machine_time, new_draft, new_key};
use crate::{
    client::Reader,
    features::drafts,
    state::{
        draft::{Draft, ReplyDraft},
        sending::Sending,
        view::View,
    },
};

impl Shared {
    /// What was typed as a reply to a request, kept for when it is opened again.
    #[must_use]
    pub fn reply_to(&self, request: i64) -> ReplyDraft {
        let here = self.replies.peek().iter().find(|reply| reply.request == request).cloned();
        here.or_else(|| drafts::reply(&self.client.person()?, request))
            .unwrap_or_else(|| ReplyDraft { request, key: new_key(), ..ReplyDraft::default() })
    }

    /// Keeps a reply in place of the one kept before; an empty one is dropped.
    pub fn keep_reply(&self, reply: ReplyDraft) {
        if let Some(person) = self.client.person() {
            drafts::keep_reply(&person, &reply);
        }
        self.replies.update(|replies| {
            replies.retain(|kept| kept.request != reply.request);
            if !reply.is_empty() {
                replies.push(reply);
            }
        });
    }

    /// The reply to a request that another tab has just sent, or emptied, if that is what an event tells.
    #[must_use]
    pub(crate) fn erased_reply(&self, request: i64, event: &Reader) -> Option<ReplyDraft> {
        drafts::erased_reply(&self.client.person()?, request, event)
    }

    /// Changes the draft as a person does, and keeps it from then on.
    pub fn type_in(&self, change: impl FnOnce(&mut Draft)) {
        self.typed.set(true);
        self.touched.set(true);
        self.draft.update(change);
        self.keep_draft();
    }

    /// Goes on with what was written in the form that stood here before this code came. As a draft of
    /// an earlier visit does, it comes with the key under which it may have been kept.
    pub(crate) fn go_on_with(&self, form: &Reader) {
        if let Some(draft) = drafts::of_form(form) {
            // What the host adds is not of the form.
            let custom_fields = self.draft.peek().custom_fields.clone();
            self.draft.set(Draft { custom_fields, ..draft });
            self.typed.set(form.flag("touched"));
            self.touched.set(form.flag("touched"));
        }
    }

    /// Before anything is sent it is noted with the draft, so that after a crash it can be told what
    /// the server may have.
    pub fn note_try(&self, draft: &Draft) {
        self.tried_at.set(machine_time());
        self.tried.update(|tried| {
            if !tried.contains(draft) {
                tried.push(draft.clone());
            }
        });
        self.keep_draft();
    }

    /// What was sent so long ago that the server may have forgotten its key.
    #[must_use]
    pub fn forgotten_tries(&self) -> Vec<Draft> {
        let long_ago = machine_time() - self.tried_at.get() > KEY_LASTS;
        if long_ago { self.tried.peek().clone() } else { Vec::new() }
    }

    /// The server has the request of this key: there is nothing to be kept any more.
    pub fn erase_draft(&self, key: &str) {
        self.typed.set(false);
        if let Some(person) = self.client.person() {
            drafts::erase(&person, key);
        }
    }

    fn keep_draft(&self) {
        if let Some(person) = self.client.person().filter(|_| self.typed.get()) {
            let (draft, tried) = (self.draft.peek(), self.tried.peek());
            drafts::keep(&person, &draft, &tried, self.tried_at.get());
        }
    }

    /// It has become known who is speaking: what they wrote at an earlier visit comes back.
    pub(super) fn take_up_drafts(&self) {
        drafts::drop_stale();
        let Some(kept) = self.client.person().as_deref().and_then(drafts::read) else {
            return self.keep_draft();
        };
        let typed = self.typed.replace(true);
        self.touched.set(typed);
        self.tried.set(kept.tried);
        self.tried_at.set(kept.tried_at);
        self.draft.update(|draft| draft.take_over(kept.draft, typed));
        let files = self.draft.peek().files.clone();
        self.files.restore(&files);
        if typed {
            self.keep_draft();
        }
    }

    /// Another tab has sent the draft that stands here, too, or emptied it. It goes from here as well,
    /// unless a person has made another text of it here, which is theirs to keep.
    pub(crate) fn hear_of_other_tabs(&self, event: &Reader) {
        let erased = self.client.person().and_then(|person| drafts::erased(&person, event));
        let Some(erased) = erased.filter(|_| self.sending.peek().can_start()) else { return };
        let here = self.draft.peek().clone();
        if here == erased || (here.key == erased.key && !self.touched.get()) {
            self.start_anew();
        }
    }

    /// An empty form with a key of its own.
    pub fn start_anew(&self) {
        // What the host adds is not of one request.
        let custom_fields = self.draft.peek().custom_fields.clone();
        self.draft.set(Draft { custom_fields, ..new_draft() });
        self.tried.set(Vec::new());
        self.sending.set(Sending::Writing);
        self.typed.set(false);
        self.files.clear();
    }

    /// Opens the form for a request that goes on with a closed one. What was typed there stays.
    pub fn follow_up(&self, id: i64, subject: &str) {
        if matches!(*self.sending.peek(), Sending::Sent(_)) {
            self.start_anew();
        }
        self.type_in(|draft| draft.follows = Some(id));
        self.prefill(Prefill { subject: Some(subject.to_owned()), ..Prefill::default() });
        self.view.set(View::NewRequest);
    }

    /// Fills what is empty: what a person typed is never overwritten.
    pub fn prefill(&self, prefill: Prefill) {
        if let Some(version) = prefill.version {
            self.version.set(version);
        }
        self.draft.update(|draft| {
            draft.severity = draft.severity.or(prefill.severity);
            if let Some(fields) = prefill.custom_fields {
                draft.custom_fields = fields;
            }
            for (text, wish) in [
                (&mut draft.subject, prefill.subject),
                (&mut draft.description, prefill.description),
            ] {
                if let Some(wish) = wish.filter(|_| text.is_empty()) {
                    *text = wish;
                }
            }
        });
    }
}
