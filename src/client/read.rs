//! Answers to types, key by key, through the browser's own JSON parser.
//!
//! Reading by serde, even through serde-wasm-bindgen, weighed 20 KB of brotli here; this weighs two.
//! It reads the keys that the widget shows and takes every key but `id` as optional, as the contract
//! asks. Anything of another type than expected counts as missing.

use super::{Error, Page};
use api::{
    Time,
    comment::{Author, Comment, CommentList},
    page::{Links, Place},
    policy::{Limits, Policy, SeverityText},
    request::{Request, Status},
    sla_metrics::{PolicyMetric, Slas},
};
use chrono::NaiveDate;
use js_sys::{Array, Reflect};
use sla::{Opening, Plan, Schedule, Severity, Stage, Target, Transition, Zone};
use wasm_bindgen::JsValue;

/// A parsed value, of which nothing is known yet.
pub(super) struct Reader(pub(super) JsValue);

impl Reader {
    pub(super) fn get(&self, key: &str) -> Self {
        Self(Reflect::get(&self.0, &key.into()).unwrap_or(JsValue::UNDEFINED))
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        self.get(key).0.as_string()
    }

    /// A whole number; those of the wire stay below 2^53.
    pub(super) fn number(&self, key: &str) -> Option<i64> {
        self.get(key).0.as_f64().map(|number| number as i64)
    }

    fn flag(&self, key: &str) -> bool {
        self.get(key).0.is_truthy()
    }

    fn time(&self, key: &str) -> Option<Time> {
        api::time::parse(&self.text(key)?)
    }

    /// Each entry that can be read.
    pub(super) fn list<T>(&self, key: &str, read: fn(&Self) -> Option<T>) -> Vec<T> {
        let list = self.get(key).0;
        if !Array::is_array(&list) {
            return Vec::new();
        }
        Array::from(&list).iter().filter_map(|entry| read(&Self(entry))).collect()
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
    let next = answer.get("links").text("next").or_else(|| answer.text("next_page"));
    Page { items: answer.list("requests", request), next }
}

fn request(from: &Reader) -> Option<Request> {
    let metrics = from.get("slas").list("policy_metrics", policy_metric);
    Some(Request {
        id: from.number("id")?,
        subject: from.text("subject").unwrap_or_default(),
        description: from.text("description").unwrap_or_default(),
        status: from.text("status").and_then(|name| Status::from_name(&name)),
        priority: from
            .text("priority")
            .and_then(|name| Severity::from_priority(&name))
            .map(Into::into),
        created_at: from.time("created_at"),
        updated_at: from.time("updated_at"),
        slas: (!metrics.is_empty()).then_some(Slas { policy_metrics: metrics }),
        ..Request::default()
    })
}

fn policy_metric(from: &Reader) -> Option<PolicyMetric> {
    Some(PolicyMetric {
        metric: from.text("metric")?,
        stage: Stage::from_name(&from.text("stage")?)?,
        breach_at: from.time("breach_at"),
        days: from.number("days"),
        hours: from.number("hours"),
        minutes: from.number("minutes"),
        target_in_seconds: from.small("target_in_seconds"),
        business_hours: from.flag("business_hours"),
        fulfilled_at: from.time("fulfilled_at"),
    })
}

pub(super) fn comment_list(answer: &Reader) -> CommentList {
    let links = answer.get("links");
    CommentList {
        comments: answer.list("comments", comment),
        users: answer.list("users", author),
        place: Place {
            links: Some(Links { prev: None, next: links.text("next") }),
            ..Place::default()
        },
    }
}

fn comment(from: &Reader) -> Option<Comment> {
    Some(Comment {
        id: from.number("id")?,
        author_id: from.number("author_id"),
        plain_body: from.text("plain_body").or_else(|| from.text("body")).unwrap_or_default(),
        created_at: from.time("created_at"),
        ..Comment::default()
    })
}

fn author(from: &Reader) -> Option<Author> {
    Some(Author {
        id: from.number("id")?,
        name: from.text("name").unwrap_or_default(),
        agent: from.flag("agent"),
        ..Author::default()
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
        plan: from.text("plan")?,
        rules: sla::Policy {
            plans: rules.list("plans", plan),
            default_plan: rules.text("default_plan")?,
            schedule: schedule(&rules.get("schedule")),
        },
        severities: from.list("severities", severity_text),
        support_mail: from.text("support_mail"),
        limits: Limits {
            subject_characters: limits.small("subject_characters")?,
            comment_bytes: limits.small("comment_bytes")?,
            email_ccs: limits.small("email_ccs")?,
            ..Limits::default()
        },
    })
}

fn plan(from: &Reader) -> Option<Plan> {
    let targets = from.list("targets", |target| {
        let business_hours = target.flag("business_hours");
        Some(Target { seconds: target.small("seconds")?, business_hours })
    });
    Some(Plan { name: from.text("name")?, targets: targets.try_into().ok()? })
}

fn schedule(from: &Reader) -> Schedule {
    let zone = from.get("zone");
    Schedule {
        zone: Zone {
            name: zone.text("name").unwrap_or_default(),
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
    let severity = Severity::from_name(&from.text("severity")?)?;
    Some(SeverityText { severity, priority: severity.into(), meaning: from.text("meaning") })
}
