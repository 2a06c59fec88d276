//! How bad it is for the customer. Source: product.md, "Severity and first-response targets".
//!
//! It must not carry the meaning's text: that stands in the locales, and a vendor may override it.

use serde::{Deserialize, Serialize};

/// A severity as people say it; on the wire it is a Zendesk priority, one to one.
///
/// Ordered by urgency: `S0` is the smallest and the most severe, so that an ascending sort puts
/// the most urgent first. In JSON it is `"S0"` to `"S3"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Severity {
    /// Production is unavailable: all customers blocked, productivity halted.
    S0,
    /// Production is available, but functionality or performance is severely impaired.
    S1,
    /// Partial, non-critical loss of functionality, or help with administrative tasks.
    S2,
    /// A cosmetic issue, or a request for general information.
    S3,
}

impl Severity {
    /// All of them, most severe first.
    pub const ALL: [Self; 4] = [Self::S0, Self::S1, Self::S2, Self::S3];

    /// The name shown to people and used in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::S0 => "S0",
            Self::S1 => "S1",
            Self::S2 => "S2",
            Self::S3 => "S3",
        }
    }

    /// Zendesk's word for it, the value of a request's or ticket's `priority`.
    pub const fn priority(self) -> &'static str {
        match self {
            Self::S0 => "urgent",
            Self::S1 => "high",
            Self::S2 => "normal",
            Self::S3 => "low",
        }
    }

    /// The severity of that exact [`name`](Self::name), or `None`.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.name() == name)
    }

    /// The severity of that exact [`priority`](Self::priority), or `None`.
    pub fn from_priority(priority: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|severity| severity.priority() == priority)
    }
}

#[cfg(test)]
mod tests {
    use super::Severity;

    #[test]
    fn most_severe_comes_first() {
        assert!(Severity::ALL.is_sorted());
        assert!(Severity::S0 < Severity::S3);
    }

    #[test]
    fn names_and_priorities_read_back_and_nothing_else_does() {
        for severity in Severity::ALL {
            assert_eq!(Severity::from_name(severity.name()), Some(severity));
            assert_eq!(Severity::from_priority(severity.priority()), Some(severity));
        }
        for other in ["", "s0", "S4", "Urgent", "urgent "] {
            assert_eq!(Severity::from_name(other), None, "{other:?}");
            assert_eq!(Severity::from_priority(other), None, "{other:?}");
        }
    }

    #[test]
    fn json_is_the_name() {
        for severity in Severity::ALL {
            let json = serde_json::to_string(&severity).unwrap();
            assert_eq!(json, ["\"", severity.name(), "\""].concat());
            assert_eq!(serde_json::from_str::<Severity>(&json).unwrap(), severity);
        }
        assert!(serde_json::from_str::<Severity>("\"urgent\"").is_err());
    }
}
