//! What happened to each request: when it was made, who said what, how it ended. A function of the
//! request's place in time alone, so that it can be asked for in any order.

use super::{
    chance::Chance,
    world::{AGENTS, World},
};
use api::{Time, request::Status, time::from_unix};
use handrail_server::{
    domain::Rules,
    store::{OrganizationId, RequestId, UserId},
};
use sla::{Clock, Severity};

/// The streams of chance that this file draws from.
const HISTORY: u64 = 10;
const SUBJECT: u64 = 11;
const BODY: u64 = 12;

/// The first and the last second of all that happened: three years up to November 2026.
const BEGIN: i64 = 1_698_796_800;
const END: i64 = 1_793_491_200;
const DAY: i64 = 86_400;

/// Ids that a new database gives first.
const FIRST_REQUEST: i64 = 1_001;

/// A request's life.
#[derive(Clone, Debug)]
pub(crate) struct History {
    pub(crate) id: RequestId,
    pub(crate) requester: UserId,
    pub(crate) organization: OrganizationId,
    pub(crate) severity: Severity,
    pub(crate) kind: Option<&'static str>,
    pub(crate) plan: &'static str,
    pub(crate) channel: &'static str,
    pub(crate) assignee: Option<UserId>,
    pub(crate) status: Status,
    pub(crate) clock: Clock,
    pub(crate) copied: Vec<UserId>,
    /// In order of time; the first is the request's own text.
    pub(crate) said: Vec<Said>,
}

/// A comment, but for its text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Said {
    pub(crate) at: Time,
    pub(crate) author: UserId,
    pub(crate) public: bool,
}

/// An agent's id.
pub(crate) fn agent(index: u32) -> UserId {
    UserId(i64::from(index) + 1)
}

/// A person's id.
pub(crate) fn user(person: u32) -> UserId {
    UserId(i64::from(AGENTS + person) + 1)
}

/// A customer's id.
pub(crate) fn organization(index: u32) -> OrganizationId {
    OrganizationId(i64::from(index) + 1)
}

/// A request's number.
pub(crate) fn number(request: u32) -> RequestId {
    RequestId(FIRST_REQUEST + i64::from(request))
}

impl History {
    /// The life of the request at a place in time.
    pub(crate) fn of(world: &World, rules: &Rules, request: u32) -> Self {
        let mut chance = Chance::at(world.seed, [HISTORY, u64::from(request), 0]);
        let owner = world.owner(request);
        let customer = world.people.get(owner as usize).map_or(0, |person| person.organization);
        let home = world.organizations.get(customer as usize);
        let plan = home.map_or("basic", |customer| customer.plan);
        let colleagues = home.map_or(0..0, |customer| customer.people.clone());

        let slot = (END - BEGIN) as u64 / u64::from(world.size.requests).max(1);
        let begin = BEGIN + (u64::from(request) * slot + chance.below(slot.max(1))) as i64;
        let severity = chance.share([
            (7, Severity::S0),
            (18, Severity::S1),
            (35, Severity::S2),
            (40, Severity::S3),
        ]);
        let severity = severity.unwrap_or(Severity::S3);
        let kind = chance.share([
            (40, None),
            (25, Some("question")),
            (25, Some("incident")),
            (8, Some("task")),
            (2, Some("problem")),
        ]);
        let channel = chance.share([(70, "api"), (20, "email"), (10, "web")]);

        let mut copied = Vec::new();
        if chance.happens(1.0 / 3.0) {
            for _ in 0..1 + chance.below(3) {
                // Those who answer for others are copied on most.
                let among = f64::from(colleagues.end - colleagues.start);
                let other = colleagues.start + (chance.unit().powi(3) * among) as u32;
                if other != owner && !copied.contains(&user(other)) {
                    copied.push(user(other));
                }
            }
            copied.sort_unstable();
        }

        // A few agents do most of the work.
        let works = agent((chance.unit().powi(2) * f64::from(AGENTS)) as u32);
        let count = world.comments.get(request as usize).copied().unwrap_or(1);
        let mut at = begin;
        let mut said = vec![Said { at: from_unix(at), author: user(owner), public: true }];
        for _ in 1..count {
            let gap = chance.lognormal(6.0 * 3600.0, 1.5) as i64;
            at += gap.min((END - at) / 2);
            let staff = chance.happens(0.55);
            let author = match chance.pick(&copied).filter(|_| chance.happens(0.2)) {
                _ if staff => works,
                Some(other) => other,
                None => user(owner),
            };
            let public = !(staff && chance.happens(0.15));
            said.push(Said { at: from_unix(at), author, public });
        }

        let replied = said.iter().find(|said| said.author == works && said.public);
        let replied = replied.map(|said| said.at);
        let begin = from_unix(begin);
        let status = status(&mut chance, (END - begin.timestamp()) / DAY, replied.is_some());
        Self {
            id: number(request),
            requester: user(owner),
            organization: organization(customer),
            severity,
            kind: kind.flatten(),
            plan,
            channel: channel.unwrap_or("api"),
            assignee: (status != Status::New).then_some(works),
            status,
            clock: rules.policy.first_reply(plan, severity, begin, replied),
            copied,
            said,
        }
    }

    /// The last change that agents see.
    pub(crate) fn updated_at(&self) -> Time {
        self.said.last().map_or(self.clock.started_at, |said| said.at)
    }

    /// The last change that end users see.
    pub(crate) fn public_updated_at(&self) -> Time {
        let public = self.said.iter().rev().find(|said| said.public);
        public.map_or(self.clock.started_at, |said| said.at)
    }
}

/// How a request stands after so many days: fresh ones in every state, old ones nearly all closed.
fn status(chance: &mut Chance, days: i64, replied: bool) -> Status {
    use Status::{Closed, Hold, New, Open, Pending, Solved};
    let status = match days {
        ..2 if !replied => Some(New),
        ..14 => chance.share([(30, Open), (20, Pending), (5, Hold), (45, Solved)]),
        14..28 => chance.share([(10, Open), (8, Pending), (2, Hold), (80, Solved)]),
        _ => chance.share([(2, Open), (1, Pending), (1, Hold), (96, Closed)]),
    };
    status.unwrap_or(Closed)
}

/// A request's subject.
pub(crate) fn subject(world: &World, request: u32) -> String {
    world.words.subject(&mut Chance::at(world.seed, [SUBJECT, u64::from(request), 0]))
}

/// The text of a comment.
pub(crate) fn body(world: &World, request: u32, comment: usize) -> String {
    let place = [BODY, u64::from(request), comment as u64];
    world.words.comment(&mut Chance::at(world.seed, place))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::world::Size;
    use handrail_server::config::Config;

    #[test]
    fn lives_are_in_order_and_mostly_over() {
        let world = World::new(7, Size::of(2_000));
        let rules = Config::default().rules().unwrap();
        let all: Vec<History> = (0..2_000).map(|at| History::of(&world, &rules, at)).collect();
        assert!(all.windows(2).all(|two| two[0].clock.started_at <= two[1].clock.started_at));
        for history in &all {
            assert!(history.said.windows(2).all(|two| two[0].at <= two[1].at));
            assert!(history.updated_at() >= history.public_updated_at());
            assert!(history.updated_at().timestamp() <= END);
            assert!(!history.copied.contains(&history.requester));
        }
        let closed = all.iter().filter(|one| one.status == Status::Closed).count();
        assert!((1_750..1_950).contains(&closed), "{closed}");
        let copied = all.iter().filter(|one| !one.copied.is_empty()).count();
        assert!((500..760).contains(&copied), "{copied}");
    }
}
