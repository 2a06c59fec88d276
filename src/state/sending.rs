//! What becomes of something that is being sent.
//!
//! The rule: a key belongs to one text. When the outcome of a try is unknown (the line broke), the
//! same key goes out again, and the server answers with what the first try made, if it made anything.

use api::{Time, request::Request};
use sla::Severity;

/// The state of a send button: `E` is why a try failed, `T` what came of a good one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sending<T, E> {
    #[default]
    Writing,
    /// Send was pressed; files are still on their way.
    Waiting,
    Sending,
    /// The try failed; the text is untouched.
    Failed(E),
    Sent(T),
}

impl<T, E> Sending<T, E> {
    /// Whether a press on Send does something: never two at once, never after the end.
    #[must_use]
    pub const fn can_start(&self) -> bool {
        matches!(self, Self::Writing | Self::Failed(_))
    }
}

/// What the person is told after the server has stored the request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub id: i64,
    /// When the first reply is due; `None` when no target is known.
    pub due_at: Option<Time>,
    /// The draft was changed after what the server has was sent; what was changed waits as a reply.
    pub changed_since: bool,
}

impl Receipt {
    /// From the server's answer. A server without the `slas` sideload leaves the clock to us: then it
    /// is computed by the same rules from the server's own time of creation.
    #[must_use]
    pub fn new(
        request: &Request,
        policy: Option<&api::policy::Policy>,
        changed_since: bool,
    ) -> Self {
        let recorded = request
            .slas
            .as_ref()
            .and_then(|slas| slas.policy_metrics.first())
            .and_then(|metric| metric.breach_at);
        let computed = || {
            let severity = Severity::from(request.priority?);
            let policy = policy?;
            let clock = policy.rules.first_reply(&policy.plan, severity, request.created_at?, None);
            Some(clock.due_at)
        };
        Self { id: request.id, due_at: recorded.or_else(computed), changed_since }
    }
}

#[cfg(test)]
mod tests {
    use super::{Receipt, Sending};
    use crate::state::draft::USUAL_LIMITS;
    use api::{policy::Policy, priority::Priority, request::Request, time::from_unix};

    fn policy() -> Policy {
        Policy {
            now: from_unix(0),
            plan: "advanced".to_owned(),
            rules: sla::Policy::default(),
            severities: Vec::new(),
            support_mail: None,
            limits: USUAL_LIMITS,
        }
    }

    #[test]
    fn two_presses_never_send_twice() {
        assert!(Sending::<(), ()>::Writing.can_start());
        assert!(Sending::<(), ()>::Failed(()).can_start());
        assert!(!Sending::<(), ()>::Sending.can_start());
        assert!(!Sending::<(), ()>::Sent(()).can_start());
    }

    #[test]
    fn a_receipt_takes_the_recorded_clock_and_computes_one_where_there_is_none() {
        let mut request = Request {
            id: 7,
            priority: Some(Priority::High),
            created_at: Some(from_unix(1_000)),
            ..Request::default()
        };
        let due = |request: &Request, known: bool| {
            Receipt::new(request, known.then(policy).as_ref(), false).due_at
        };
        assert_eq!(due(&request, true), Some(from_unix(1_000 + 2 * 3_600)));
        assert_eq!(due(&request, false), None);
        request.slas = serde_json::from_value(serde_json::json!({"policy_metrics": [{
            "metric": "first_reply_time", "stage": "active", "breach_at": "1970-01-01T00:00:05Z",
        }]}))
        .unwrap();
        assert_eq!(due(&request, true), Some(from_unix(5)));
    }
}
