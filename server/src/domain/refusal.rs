//! Why something was not done, in terms of the rules. `error` gives it its shape on the wire.

use crate::{identity::TokenError, store::StoreError};
use std::collections::BTreeMap;

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// No such thing, or nothing that this person may know of: never told apart.
    #[error("not found")]
    NotFound,
    /// May be seen, but this may not be done with it.
    #[error("forbidden: {0}")]
    Forbidden(&'static str),
    /// The values do not pass.
    #[error("invalid")]
    Invalid(#[from] Invalid),
    /// Somebody else was faster.
    #[error("changed since")]
    Conflict,
    /// The identity cannot be taken on.
    #[error(transparent)]
    Identity(#[from] TokenError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Refusal {
    /// What is wrong, for programs and for people, where there is no answer of its own to tell it.
    #[must_use]
    pub fn told(&self) -> (&'static str, String) {
        match self {
            Self::NotFound => ("RecordNotFound", String::from("Not found")),
            Self::Forbidden(text) => ("Forbidden", (*text).to_owned()),
            Self::Invalid(invalid) => ("RecordInvalid", invalid.text()),
            Self::Conflict => ("UpdateConflict", String::from("Changed since updated_stamp")),
            Self::Identity(error) => ("invalid_token", error.to_string()),
            Self::Store(_) => ("InternalError", String::from("Something went wrong on our side")),
        }
    }
}

/// What is wrong with one value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// A code for programs: `BlankValue`, `InvalidValue`, `TooLong` …
    pub code: &'static str,
    /// A sentence for people.
    pub text: String,
}

/// Values that do not pass, by field; `base` is the whole.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
#[error("record validation errors")]
pub struct Invalid {
    pub problems: BTreeMap<String, Vec<Problem>>,
}

impl Invalid {
    /// One problem with one field.
    #[must_use]
    pub fn one(field: &str, code: &'static str, text: impl Into<String>) -> Self {
        let mut invalid = Self::default();
        invalid.add(field, code, text);
        invalid
    }

    /// Notes a problem.
    pub fn add(&mut self, field: &str, code: &'static str, text: impl Into<String>) {
        let problem = Problem { code, text: text.into() };
        self.problems.entry(field.to_owned()).or_default().push(problem);
    }

    /// Takes over the problems of a part, or hands its value on.
    pub fn check<T>(&mut self, part: Result<T, Self>) -> Option<T> {
        match part {
            Ok(value) => Some(value),
            Err(other) => {
                for (field, problems) in other.problems {
                    self.problems.entry(field).or_default().extend(problems);
                }
                None
            }
        }
    }

    /// All problems in one line.
    #[must_use]
    pub fn text(&self) -> String {
        let texts = self.problems.values().flatten().map(|problem| problem.text.as_str());
        texts.collect::<Vec<_>>().join("; ")
    }

    /// Fails if any problem was noted.
    ///
    /// # Errors
    /// Itself.
    pub fn verdict(self) -> Result<(), Self> {
        if self.problems.is_empty() { Ok(()) } else { Err(self) }
    }
}
