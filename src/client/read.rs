//! Answers to types, key by key, through the browser's own JSON parser.
//!
//! Reading by serde, even through serde-wasm-bindgen, weighed 20 KB of brotli here; this weighs two.
//! It reads the keys that the widget shows and takes every key but `id` as optional, as the contract
//! asks. Anything of another type than expected counts as missing.

use super::{Error, Page};
use api::{
    Time,
    comment::Author,
    policy::{Limits, Policy, SeverityText},
    request::{Request, Status},
    sla_metrics::{PolicyMetric, Slas},
    user::Colleague,
};
use chrono::NaiveDate;
use js_sys::{Array, Reflect};
use sla::{Opening, Plan, Schedule, Severity, Stage, Target, Transition, Zone};
use wasm_bindgen::JsValue;

/// A parsed value, of which nothing is known yet.
pub(crate) struct Reader(pub(crate) JsValue);

impl Reader {
    pub(crate) fn get(&self, key: &str) -> Self {
        Self(Reflect::get(&self.0, &key.into()).unwrap_or(JsValue::UNDEFINED))
    }

    pub(crate) fn word(&self, key: &str) -> Option<String> {
        self.get(key).0.as_string()
    }

    /// A whole number; those of the wire stay below 2^53.
    pub(crate) fn number(&self, key: &str) -> Option<i64> {
        self.get(key).0.as_f64().map(|number| number as i64)
    }

    pub(crate) fn flag(&self, key: &str) -> bool {
        self.get(key).0.is_truthy()
    }

    pub(super) fn time(&self, key: &str) -> Option<Time> {
        api::time::parse(&self.word(key)?)
    }

    /// Each entry that can be read.
    pub(crate) fn list<T>(&self, key: &str, read: fn(&Self) -> Option<T>) -> Vec<T> {
        let mut list = Vec::new();
        self.each(key, &mut |entry| list.extend(read(&entry)));
        list
    }

    /// The part of [`Self::list`] that is the same for all types.
    fn each(&self, key: &str, take: &mut dyn FnMut(Self)) {
        let list = self.get(key).0;
        if Array::is_array(&list) {
            Array::from(&list).iter().for_each(|entry| take(Self(entry)));
        }
    }

    fn small(&self, key: &str) -> Option<u32> {
        u32::try_from(self.number(key)?).ok()
    }
}

/// `{"request": …}`
pub(super) fn request_envelope(answer: &Reader) -> Result<Request, Error> {
    request(&answer.get("request")).ok_or(Error::Server)
}

pub(super) fn request_list(answer: &Reader) -> Page<Vec<Request>> {
    let next = answer.get("links").word("next").or_else(|| answer.word("next_page"));
    Page { items: answer.list("requests", row), next, people: answer.list("users", author) }
}

pub(super) fn request(from: &Reader) -> Option<Request> {
    Some(Request { description: from.word("description").unwrap_or_default(), ..row(from)? })
}

/// A request without its text, which no list shows.
fn row(from: &Reader) -> Option<Request> {
    let metrics = from.get("slas").list("policy_metrics", policy_metric);
    Some(Request {
        id: from.number("id")?,
        subject: from.word("subject").unwrap_or_default(),
        status: from.word("status").and_then(|name| Status::from_name(&name)),
        priority: from
            .word("priority")
            .and_then(|name| Severity::from_priority(&name))
            .map(Into::into),
        organization_id: from.number("organization_id"),
        requester_id: from.number("requester_id"),
        email_cc_ids: from.list("email_cc_ids", |id| Some(id.0.as_f64()? as i64)),
        created_at: from.time("created_at"),
        updated_at: from.time("updated_at"),
        slas: (!metrics.is_empty()).then_some(Slas { policy_metrics: metrics }),
        ..Request::default()
    })
}

fn policy_metric(from: &Reader) -> Option<PolicyMetric> {
    Some(PolicyMetric {
        metric: from.word("metric")?,
        stage: Stage::from_name(&from.word("stage")?)?,
        breach_at: from.time("breach_at"),
        days: from.number("days"),
        hours: from.number("hours"),
        minutes: from.number("minutes"),
        target_in_seconds: from.small("target_in_seconds"),
        business_hours: from.flag("business_hours"),
        fulfilled_at: from.time("fulfilled_at"),
    })
}

pub(super) fn author(from: &Reader) -> Option<Author> {
    Some(Author {
        id: from.number("id")?,
        name: from.word("name").unwrap_or_default(),
        agent: from.flag("agent"),
        ..Author::default()
    })
}

pub(super) fn people(answer: &Reader) -> Vec<Colleague> {
    answer.list("people", |from| {
        let name = from.word("name").unwrap_or_default();
        Some(Colleague { id: from.number("id")?, name, email: from.word("email")? })
    })
}

/// `{"policy": …}`
pub(super) fn policy_envelope(answer: &Reader) -> Result<Policy, Error> {
    policy(&answer.get("policy")).ok_or(Error::Server)
}

fn policy(from: &Reader) -> Option<Policy> {
    let (rules, limits) = (from.get("rules"), from.get("limits"));
    Some(Policy {
        now: from.time("now")?,
        plan: from.word("plan")?,
        rules: sla::Policy {
            plans: rules.list("plans", plan),
            default_plan: rules.word("default_plan")?,
            schedule: schedule(&rules.get("schedule")),
        },
        severities: from.list("severities", severity_text),
        support_mail: from.word("support_mail"),
        limits: Limits {
            subject_characters: limits.small("subject_characters")?,
            comment_bytes: limits.small("comment_bytes")?,
            email_ccs: limits.small("email_ccs")?,
            file_bytes: limits
                .number("file_bytes")
                .and_then(|bytes| u64::try_from(bytes).ok())
                .unwrap_or(0),
            comment_files: limits.small("comment_files").unwrap_or(0),
        },
    })
}

fn plan(from: &Reader) -> Option<Plan> {
    let targets = from.list("targets", |target| {
        let business_hours = target.flag("business_hours");
        Some(Target { seconds: target.small("seconds")?, business_hours })
    });
    Some(Plan { name: from.word("name")?, targets: targets.try_into().ok()? })
}

fn schedule(from: &Reader) -> Schedule {
    let zone = from.get("zone");
    Schedule {
        zone: Zone {
            name: zone.word("name").unwrap_or_default(),
            transitions: zone.list("transitions", |transition| {
                let offset = i32::try_from(transition.number("offset")?).ok()?;
                Some(Transition { at: transition.number("at")?, offset })
            }),
        },
        week: from.list("week", |opening| {
            Some(Opening {
                day: u8::try_from(opening.small("day")?).ok()?,
                from_minute: u16::try_from(opening.small("from_minute")?).ok()?,
                to_minute: u16::try_from(opening.small("to_minute")?).ok()?,
            })
        }),
        holidays: from.list("holidays", |day| date(&day.0.as_string()?)),
    }
}

/// `2026-12-25`
fn date(text: &str) -> Option<NaiveDate> {
    Some(api::time::parse(&[text, "T00:00:00Z"].concat())?.date_naive())
}

fn severity_text(from: &Reader) -> Option<SeverityText> {
    let severity = Severity::from_name(&from.word("severity")?)?;
    Some(SeverityText { severity, priority: severity.into(), meaning: from.word("meaning") })
}
