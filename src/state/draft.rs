//! A request while it is being written: what was typed, what is wrong with it, what will be sent.

use crate::state::address;
use api::{
    comment::NewComment,
    policy::Limits,
    priority::Priority,
    request::{EmailCc, NewRequest, Request},
};
use sla::Severity;

/// A file that the server has and that no comment has taken yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Upload {
    pub token: String,
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// When it had gone up, by the machine's clock, in unix seconds.
    pub at: i64,
}

/// A request that was not sent yet. `key` is made when the form opens and stays until the server has
/// the request, so that however often it is sent, one request comes of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub key: String,
    pub severity: Option<Severity>,
    pub subject: String,
    pub description: String,
    /// As typed: addresses with commas between them.
    pub ccs: String,
    pub files: Vec<Upload>,
    /// What the page knows and the person adds to the description; empty until they do.
    pub context: String,
    /// Fields that the host adds, as the JSON of the wire's list; a person does not see them.
    pub custom_fields: String,
    /// The closed request that this one goes on with.
    pub follows: Option<i64>,
}

/// A reply that was not sent yet, with its own key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplyDraft {
    pub request: i64,
    pub key: String,
    pub text: String,
    pub files: Vec<Upload>,
}

impl ReplyDraft {
    /// Whether there is nothing to be kept.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.text.is_empty() && self.files.is_empty()
    }
}

/// The fields of the form, in the order in which they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    Severity,
    Subject,
    Description,
    Ccs,
}

/// A field with what it says now, after something else was sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    Severity(Severity),
    Subject(String),
    Ccs(String),
    Description(String),
    Context(String),
}

/// Why a draft cannot be sent as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    Missing(Field),
    TooLong(Field, u32),
    NotAnAddress(String),
    TooManyCcs(u32),
}

impl Problem {
    /// The field to be mended.
    #[must_use]
    pub const fn field(&self) -> Field {
        match self {
            Self::Missing(field) | Self::TooLong(field, _) => *field,
            Self::NotAnAddress(_) | Self::TooManyCcs(_) => Field::Ccs,
        }
    }
}

/// What holds while the server's limits are not known.
pub const USUAL_LIMITS: Limits = Limits {
    subject_characters: 150,
    comment_bytes: 65_536,
    email_ccs: 48,
    file_bytes: 0,
    comment_files: 0,
};

impl Draft {
    /// Whether the person has put anything in.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.severity.is_none()
            && self.subject.is_empty()
            && self.description.is_empty()
            && self.ccs.is_empty()
            && self.files.is_empty()
            && self.context.is_empty()
    }

    /// The text that is sent: the description, and what was added to it.
    #[must_use]
    pub fn body(&self) -> String {
        if self.context.is_empty() {
            return self.description.clone();
        }
        [self.description.trim_end(), "\n\n", &self.context].concat()
    }

    /// Takes over what was kept of an earlier visit, with its key: it may have been sent before the
    /// page went. Where both say something, what is here stays if a person has `typed` it.
    pub fn take_over(&mut self, kept: Self, typed: bool) {
        let mut here = std::mem::replace(self, kept);
        if self.severity.is_none() || typed {
            self.severity = here.severity.or(self.severity);
        }
        for (kept, here) in [
            (&mut self.subject, &mut here.subject),
            (&mut self.description, &mut here.description),
            (&mut self.ccs, &mut here.ccs),
            (&mut self.context, &mut here.context),
        ] {
            if kept.is_empty() || (typed && !here.is_empty()) {
                std::mem::swap(kept, here);
            }
        }
        self.files.append(&mut here.files);
        if !here.custom_fields.is_empty() {
            self.custom_fields = here.custom_fields;
        }
    }

    /// What is wrong, at most one problem a field, in the order of the fields.
    #[must_use]
    pub fn problems(&self, limits: &Limits) -> Vec<Problem> {
        let mut problems = Vec::new();
        if self.severity.is_none() {
            problems.push(Problem::Missing(Field::Severity));
        }
        if self.subject.trim().is_empty() {
            problems.push(Problem::Missing(Field::Subject));
        } else if exceeds(characters(self.subject.trim()), limits.subject_characters) {
            problems.push(Problem::TooLong(Field::Subject, limits.subject_characters));
        }
        if self.description.trim().is_empty() {
            problems.push(Problem::Missing(Field::Description));
        } else if exceeds(self.body().len(), limits.comment_bytes) {
            problems.push(Problem::TooLong(Field::Description, limits.comment_bytes));
        }
        let ccs = address::split(&self.ccs);
        if let Some(wrong) = ccs.iter().find(|address| !address::is_plausible(address)) {
            problems.push(Problem::NotAnAddress(wrong.clone()));
        } else if exceeds(ccs.len(), limits.email_ccs) {
            problems.push(Problem::TooManyCcs(limits.email_ccs));
        }
        problems
    }

    /// What this draft says otherwise than the one that was sent, in the order of the fields.
    #[must_use]
    pub fn changes_since(&self, sent: &Self) -> Vec<Change> {
        let mut changes = Vec::new();
        if let Some(severity) = self.severity.filter(|_| self.severity != sent.severity) {
            changes.push(Change::Severity(severity));
        }
        if self.subject.trim() != sent.subject.trim() {
            changes.push(Change::Subject(self.subject.trim().to_owned()));
        }
        let ccs = address::split(&self.ccs);
        if ccs != address::split(&sent.ccs) {
            changes.push(Change::Ccs(join(&ccs, ", ")));
        }
        if self.description.trim() != sent.description.trim() {
            changes.push(Change::Description(self.description.clone()));
        }
        if self.context != sent.context && !self.context.is_empty() {
            changes.push(Change::Context(self.context.clone()));
        }
        changes
    }

    /// The files that came after another draft was sent.
    #[must_use]
    pub fn files_since(&self, sent: &Self) -> Vec<Upload> {
        self.files.iter().filter(|file| !sent.files.contains(file)).cloned().collect()
    }

    /// Whether a request on the server was made of this draft.
    #[must_use]
    pub fn became(&self, request: &Request) -> bool {
        self.subject.trim() == request.subject.trim()
            && self.body().trim() == request.description.trim()
            && self.severity.map(Priority::from) == request.priority
    }

    /// The body that goes to the server. The same draft always gives the same body: that is what
    /// makes the key hold.
    #[must_use]
    pub fn to_request(&self) -> NewRequest {
        NewRequest {
            subject: Some(self.subject.trim().to_owned()),
            comment: Some(comment(self.body(), &self.files)),
            priority: self.severity.map(Into::into),
            via_followup_source_id: self.follows,
            email_ccs: address::split(&self.ccs)
                .into_iter()
                .map(|address| EmailCc {
                    user_email: Some(address),
                    action: Some("put".to_owned()),
                    ..EmailCc::default()
                })
                .collect(),
            ..NewRequest::default()
        }
    }
}

fn comment(body: String, files: &[Upload]) -> NewComment {
    let uploads = files.iter().map(|file| file.token.clone()).collect();
    NewComment { body: Some(body), uploads, ..NewComment::default() }
}

/// Texts with something between them. The standard library's `join` is compiled for each type of text, a
/// kilobyte each, and that for `&str` is there already.
#[must_use]
pub fn join(texts: &[String], between: &str) -> String {
    let mut all = String::new();
    for text in texts {
        if !all.is_empty() {
            all.push_str(between);
        }
        all.push_str(text);
    }
    all
}

/// As many characters as bytes that begin one. `chars().count()` is written for long texts, at a cost.
fn characters(text: &str) -> usize {
    text.bytes().filter(|byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

fn exceeds(length: usize, limit: u32) -> bool {
    u32::try_from(length).map_or(true, |length| length > limit)
}

#[cfg(test)]
mod tests;
