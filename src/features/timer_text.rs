//! A request's clock in words: short on a row, explained on the request itself.

use crate::{
    features::session::{Session, Shared},
    i18n::{At, Key},
    state::timer::Timer,
    ui::{
        icon::{Icon, icon},
        node::{Node, el, place},
    },
};
use api::{request::Request, sla_metrics::PolicyMetric};
use chrono::TimeDelta;
use sla::Severity;

/// The class that colours a clock.
const fn class(timer: Timer) -> &'static str {
    match timer {
        Timer::Due(_) => "hr-timer hr-timer--due",
        Timer::Paused(_) => "hr-timer hr-timer--paused",
        Timer::Overdue(_) => "hr-timer hr-timer--overdue",
        Timer::Met => "hr-timer hr-timer--met",
        Timer::Late(_) => "hr-timer hr-timer--late",
    }
}

/// The picture that says the same without a colour.
const fn picture(timer: Timer) -> Icon {
    match timer {
        Timer::Due(_) | Timer::Paused(_) => Icon::Clock,
        Timer::Overdue(_) | Timer::Late(_) => Icon::Alert,
        Timer::Met => Icon::Check,
    }
}

/// How much a clock says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    /// A few words, for a row.
    Short,
    /// A sentence or two: what was promised, how it stands, and by which rule.
    Explained,
}

/// A request's clock, kept true while it is shown; nothing for a request without one.
#[must_use]
pub fn timer(session: &Session, request: &Request, detail: Detail) -> Node {
    let (session, request) = (session.clone(), request.clone());
    let words = move || {
        let timer = read(&session, &request)?;
        let words = match detail {
            Detail::Short => short(&session, timer),
            Detail::Explained => explained(&session, &request, timer)?,
        };
        Some((class(timer), picture(timer), words))
    };
    place(words, move |words| {
        let (class, picture, words) = words.as_ref()?;
        // Beside an explanation a picture says nothing more.
        let picture = (detail == Detail::Short).then(|| icon(*picture));
        Some(el("span", class).children(picture).text(words))
    })
}

fn read(session: &Shared, request: &Request) -> Option<Timer> {
    Timer::read(metric(request)?, request.created_at?, &session.schedule(), session.now())
}

fn short(session: &Shared, timer: Timer) -> String {
    let i18n = &session.i18n;
    let (key, time) = match timer {
        Timer::Due(left) => (Key::ClockDue, i18n.span(left)),
        Timer::Paused(until) => {
            let until = until.map(|at| i18n.time(at, session.now(), At::Short));
            (Key::ClockPaused, until.unwrap_or_default())
        }
        Timer::Overdue(by) => (Key::ClockBreached, i18n.span(by)),
        Timer::Met => (Key::ClockMet, String::new()),
        Timer::Late(by) => (Key::ClockLate, i18n.span(by)),
    };
    i18n.fill(key, &[("time", &time)])
}

fn explained(session: &Shared, request: &Request, timer: Timer) -> Option<String> {
    let i18n = &session.i18n;
    let metric = metric(request)?;
    let due = i18n.time(metric.breach_at?, session.now(), At::Full);
    let state = match timer {
        Timer::Due(left) => {
            i18n.fill(Key::ClockDueBy, &[("due", &due), ("time", &i18n.span(left))])
        }
        Timer::Overdue(by) => {
            i18n.fill(Key::ClockBreachedBy, &[("due", &due), ("time", &i18n.span(by))])
        }
        Timer::Met => {
            let took = metric.fulfilled_at.zip(request.created_at).map(|(at, from)| at - from);
            i18n.fill(Key::ClockMetAfter, &[("time", &i18n.span(took.unwrap_or_default()))])
        }
        Timer::Paused(_) | Timer::Late(_) => [&short(session, timer), "."].concat(),
    };
    Some([&state, " ", &rule(session, request, metric)].concat())
}

/// `S1: 2 h, around the clock.`
fn rule(session: &Shared, request: &Request, metric: &PolicyMetric) -> String {
    let Some((seconds, priority)) = metric.target_in_seconds.zip(request.priority) else {
        return String::new();
    };
    session.i18n.fill(
        Key::ClockTarget,
        &[
            ("severity", Severity::from(priority).name()),
            ("target", &session.i18n.span(TimeDelta::seconds(i64::from(seconds)))),
            ("calendar", calendar(session, metric.business_hours)),
        ],
    )
}

/// Which hours a target counts.
#[must_use]
pub fn calendar(session: &Shared, business_hours: bool) -> &str {
    session.text(if business_hours { Key::CalendarBusiness } else { Key::CalendarAlways })
}

fn metric(request: &Request) -> Option<&PolicyMetric> {
    request.slas.as_ref()?.policy_metrics.first()
}
