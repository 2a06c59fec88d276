//! A request while it is being written: what was typed, what is wrong with it, what will be sent.

use crate::state::address;
use api::{
    comment::NewComment,
    policy::Limits,
    priority::Priority,
    request::{EmailCc, NewRequest, Request},
};
use sla::Severity;

/// A request that was not sent yet. `key` is made when the form opens and stays until the server has
/// the request, so that however often it is sent, one request comes of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub key: String,
    pub severity: Option<Severity>,
    pub subject: String,
    pub description: String,
    /// As typed.
    pub ccs: String,
}

/// A reply that was not sent yet, with its own key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReplyDraft {
    pub request: i64,
    pub key: String,
    pub text: String,
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
        } else if exceeds(self.subject.trim().chars().count(), limits.subject_characters) {
            problems.push(Problem::TooLong(Field::Subject, limits.subject_characters));
        }
        if self.description.trim().is_empty() {
            problems.push(Problem::Missing(Field::Description));
        } else if exceeds(self.description.len(), limits.comment_bytes) {
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
            changes.push(Change::Ccs(ccs.join(", ")));
        }
        if self.description.trim() != sent.description.trim() {
            changes.push(Change::Description(self.description.clone()));
        }
        changes
    }

    /// Whether a request on the server was made of this draft.
    #[must_use]
    pub fn became(&self, request: &Request) -> bool {
        self.subject.trim() == request.subject.trim()
            && self.description.trim() == request.description.trim()
            && self.severity.map(Priority::from) == request.priority
    }

    /// The body that goes to the server. The same draft always gives the same body: that is what
    /// makes the key hold.
    #[must_use]
    pub fn to_request(&self) -> NewRequest {
        NewRequest {
            subject: Some(self.subject.trim().to_owned()),
            comment: Some(NewComment {
                body: Some(self.description.clone()),
                ..NewComment::default()
            }),
            priority: self.severity.map(Into::into),
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

fn exceeds(length: usize, limit: u32) -> bool {
    u32::try_from(length).map_or(true, |length| length > limit)
}

#[cfg(test)]
mod tests {
    use super::{Change, Draft, Field, Problem, USUAL_LIMITS};
    use api::{priority::Priority, request::Request};
    use sla::Severity;

    fn whole() -> Draft {
        Draft {
            key: "k".to_owned(),
            severity: Some(Severity::S1),
            subject: " Crawler stuck ".to_owned(),
            description: "Since this morning.\n".to_owned(),
            ccs: "ben@acme.example; eva@acme.example".to_owned(),
        }
    }

    #[test]
    fn an_empty_draft_misses_everything_but_ccs() {
        assert_eq!(
            Draft::default().problems(&USUAL_LIMITS),
            [Field::Severity, Field::Subject, Field::Description].map(Problem::Missing)
        );
    }

    #[test]
    fn a_whole_draft_has_no_problem_and_says_all_of_itself() {
        let draft = whole();
        assert!(draft.problems(&USUAL_LIMITS).is_empty());
        let body = serde_json::to_value(draft.to_request()).unwrap();
        assert_eq!(
            body,
            serde_json::json!({
                "subject": "Crawler stuck",
                "comment": {"body": "Since this morning.\n"},
                "priority": "high",
                "email_ccs": [
                    {"user_email": "ben@acme.example", "action": "put"},
                    {"user_email": "eva@acme.example", "action": "put"},
                ],
            })
        );
    }

    #[test]
    fn limits_are_inclusive_and_count_what_the_server_counts() {
        let mut draft = whole();
        draft.subject = "ü".repeat(150);
        assert!(draft.problems(&USUAL_LIMITS).is_empty());
        draft.subject.push('ü');
        assert_eq!(draft.problems(&USUAL_LIMITS), [Problem::TooLong(Field::Subject, 150)]);
        let mut draft = whole();
        draft.description = "ü".repeat(32_769);
        assert_eq!(draft.problems(&USUAL_LIMITS), [Problem::TooLong(Field::Description, 65_536)]);
    }

    #[test]
    fn a_wrong_address_is_named() {
        let draft = Draft { ccs: "ben@acme.example, eva".to_owned(), ..whole() };
        assert_eq!(draft.problems(&USUAL_LIMITS), [Problem::NotAnAddress("eva".to_owned())]);
        assert_eq!(Problem::NotAnAddress(String::new()).field(), Field::Ccs);
    }

    #[test]
    fn what_was_changed_after_sending_is_known_field_by_field() {
        let sent = whole();
        assert!(sent.changes_since(&sent).is_empty());
        let spaced = Draft { ccs: "ben@acme.example,\neva@acme.example ".to_owned(), ..whole() };
        assert!(spaced.changes_since(&sent).is_empty());
        let changed = Draft {
            severity: Some(Severity::S0),
            subject: "Crawler dead".to_owned(),
            ccs: "ben@acme.example".to_owned(),
            description: "Now nothing moves.".to_owned(),
            ..whole()
        };
        assert_eq!(
            changed.changes_since(&sent),
            [
                Change::Severity(Severity::S0),
                Change::Subject("Crawler dead".to_owned()),
                Change::Ccs("ben@acme.example".to_owned()),
                Change::Description("Now nothing moves.".to_owned()),
            ]
        );
    }

    #[test]
    fn a_stored_request_is_known_again_by_the_draft_it_was_made_of() {
        let stored = Request {
            subject: "Crawler stuck".to_owned(),
            description: "Since this morning.".to_owned(),
            priority: Some(Priority::High),
            ..Request::default()
        };
        assert!(whole().became(&stored));
        assert!(!Draft { subject: "Other".to_owned(), ..whole() }.became(&stored));
        assert!(!Draft { severity: Some(Severity::S0), ..whole() }.became(&stored));
    }
}
