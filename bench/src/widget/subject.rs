//! What is measured side by side.

use serde_json::{Value, json};

/// A widget on the host's page, or the page without one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    Handrail,
    /// Sentry's feedback widget in the host's bundle, form and all.
    Sentry,
    /// The same with the form fetched at the click.
    SentryLater,
    /// What page, browser and measuring cost by themselves.
    PageAlone,
}

impl Subject {
    pub(crate) const ALL: [Self; 4] =
        [Self::Handrail, Self::Sentry, Self::SentryLater, Self::PageAlone];

    /// In addresses and names of files.
    pub(crate) const fn slug(self) -> &'static str {
        match self {
            Self::Handrail => "handrail",
            Self::Sentry => "sentry",
            Self::SentryLater => "sentry-later",
            Self::PageAlone => "alone",
        }
    }

    /// In tables.
    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::Handrail => "Handrail",
            Self::Sentry => "Sentry, one bundle",
            Self::SentryLater => "Sentry, form later",
            Self::PageAlone => "page alone",
        }
    }

    /// The attributes of the one tag by which its page differs from the others: each is fetched in the
    /// same way.
    pub(crate) fn tag(self, support: &str) -> Value {
        match self {
            Self::Handrail => {
                json!({ "src": format!("{support}/handrail.js"), "data-token-url": "/token" })
            }
            Self::Sentry => json!({ "src": "/sync.js" }),
            Self::SentryLater => json!({ "src": "/async.js" }),
            Self::PageAlone => json!({}),
        }
    }

    /// Where a form says by when an answer comes; the part of the widget that can tell so comes behind the form.
    pub(crate) fn promise(self) -> Option<&'static str> {
        (self == Self::Handrail).then_some(".hr-severity__promise:not(:empty)")
    }

    pub(crate) fn is_widget(self) -> bool {
        self != Self::PageAlone
    }
}
