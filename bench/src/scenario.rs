//! What is asked of the server: the widget's own calls, and an agent's. Each scenario is many
//! different calls by many different people.

use crate::{
    data::{self, AGENTS, Chance, Data, World},
    inside::Inside,
    load::Call,
};
use anyhow::{Context, Result};
use rusqlite::Connection;
use serde_json::json;

/// Different calls of a scenario, at most.
const CALLS: usize = 2_000;
/// Rows of a page, as the widget asks.
const PAGE: u32 = 50;
/// Full pages in front of a deep one: by a person's own list, and by a large customer's.
const DEEP: usize = 3;
const DEEP_ORGANIZATION: usize = 9;
/// The widget's query for a list.
const LIST: &str = "?include=slas&sort_by=updated_at&sort_order=desc&page%5Bsize%5D=50";

/// What one measures.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Create,
    /// A list: its cost must not depend on how much there is altogether.
    List,
    Read,
}

/// A kind of call.
pub(crate) struct Scenario {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) calls: Vec<Call>,
}

/// Puts calls together from the made data.
pub(crate) struct Author<'a, 'b> {
    pub(crate) inside: &'a mut Inside<'b>,
    pub(crate) data: &'b Data,
    pub(crate) chance: Chance,
}

impl Author<'_, '_> {
    /// Every scenario. Creating comes first, for it is listened to before anything else is changed.
    pub(crate) async fn all(&mut self) -> Result<Vec<Scenario>> {
        let scenario = |name, kind, calls| Scenario { name, kind, calls };
        Ok(vec![
            scenario("create", Kind::Create, self.create()?),
            scenario(
                "list, first page",
                Kind::List,
                self.own("/api/v2/requests", PAGE + 1, 0).await?,
            ),
            scenario(
                "list, deep cursor",
                Kind::List,
                self.own("/api/v2/requests", PAGE * (DEEP as u32 + 1) + 1, DEEP).await?,
            ),
            scenario("list, copied", Kind::List, self.copied()?),
            scenario("organization, first page", Kind::List, self.organization(0).await?),
            scenario(
                "organization, deep cursor",
                Kind::List,
                self.organization(DEEP_ORGANIZATION).await?,
            ),
            scenario("show", Kind::Read, self.one("?include=slas")?),
            scenario("comments", Kind::Read, self.one("/comments?page%5Bsize%5D=100")?),
            scenario("search, common words", Kind::Read, self.search(20..200)?),
            scenario("search, rare words", Kind::Read, self.search(3_000..30_000)?),
            scenario("search by agents", Kind::Read, self.agents_search()?),
        ])
    }

    fn world(&self) -> &World {
        &self.data.world
    }

    /// People who raised at least so many requests, in no order.
    fn people(&mut self, at_least: u32) -> Vec<u32> {
        let world = &self.data.world;
        let busy = (0..).zip(&world.people).filter(|(_, person)| person.requests >= at_least);
        let mut busy: Vec<u32> = busy.map(|(at, _)| at).collect();
        self.chance.shuffle(&mut busy);
        busy.truncate(CALLS);
        busy
    }

    fn create(&mut self) -> Result<Vec<Call>> {
        let people = self.people(1);
        let mut calls = Vec::with_capacity(people.len());
        for at in people {
            let mut chance = self.chance.clone();
            let words = &self.world().words;
            let copied = chance.pick(&self.colleagues(at)?).filter(|_| chance.happens(1.0 / 3.0));
            let copied = copied.and_then(|other| self.world().people.get(other as usize));
            let copied = copied.map(|it| json!({"user_email": it.email, "action": "put"}));
            let request = json!({
                "subject": words.subject(&mut chance),
                "comment": {"body": words.comment(&mut chance)},
                "priority": chance.pick(&["low", "normal", "high", "urgent"]),
                "email_ccs": Vec::from_iter(copied),
            });
            self.chance = chance;
            let body = json!({"request": request}).to_string();
            let path = "/api/v2/requests?include=slas";
            calls.push(Call::post(path, &self.inside.person(at)?, &body));
        }
        Ok(calls)
    }

    /// The others of a person's customer.
    fn colleagues(&self, at: u32) -> Result<Vec<u32>> {
        let person = self.world().people.get(at as usize).context("nobody")?;
        let home = self.world().organizations.get(person.organization as usize);
        let people = home.context("nowhere")?.people.clone();
        Ok(people.filter(|other| *other != at).collect())
    }

    /// Lists of people with so many requests, so many pages behind the first.
    async fn own(&mut self, path: &str, at_least: u32, pages: usize) -> Result<Vec<Call>> {
        let mut calls = Vec::new();
        for at in self.people(at_least) {
            let authorization = self.inside.person(at)?;
            let path = format!("{path}{LIST}");
            let path = self.inside.page_behind(&path, &authorization, pages).await?;
            calls.push(Call::get(&path, &authorization));
        }
        Ok(calls)
    }

    /// Lists of what people are copied on, a full page each.
    fn copied(&mut self) -> Result<Vec<Call>> {
        let conn = Connection::open(&self.data.path)?;
        let sql = "SELECT user_id FROM request_ccs GROUP BY user_id HAVING COUNT(*) > $1";
        let mut select = conn.prepare(sql)?;
        let first = data::user(0).0;
        let found = select.query_map([PAGE], |row| row.get::<_, i64>(0))?;
        let mut found: Vec<u32> =
            found.map(|id| Ok(u32::try_from(id? - first)?)).collect::<Result<_>>()?;
        self.chance.shuffle(&mut found);
        found.truncate(CALLS);
        let path = format!("/api/v2/requests/ccd{LIST}");
        found.into_iter().map(|at| Ok(Call::get(&path, &self.inside.person(at)?))).collect()
    }

    /// Lists of large customers, asked for by their people.
    async fn organization(&mut self, pages: usize) -> Result<Vec<Call>> {
        let at_least = PAGE * (pages as u32 + 1) + 1;
        let large: Vec<u32> = (0..)
            .zip(&self.world().organizations)
            .filter(|(at, customer)| customer.requests >= at_least && data::shares(*at))
            .map(|(at, _)| at)
            .collect();
        let mut calls = Vec::new();
        // Following many pages for each would take longer than measuring.
        let most = if pages == 0 { CALLS } else { CALLS / 10 };
        for turn in 0..most {
            let Some(customer) = large.get(turn % large.len().max(1)).copied() else { break };
            let home = self.world().organizations.get(customer as usize).context("nowhere")?;
            let people: Vec<u32> = home.people.clone().collect();
            let Some(at) = self.chance.pick(&people) else { continue };
            let authorization = self.inside.person(at)?;
            let id = data::organization(customer);
            let path = format!("/api/v2/organizations/{id}/requests{LIST}");
            let path = self.inside.page_behind(&path, &authorization, pages).await?;
            calls.push(Call::get(&path, &authorization));
        }
        Ok(calls)
    }

    /// Calls about one request each, any of all, by its requester.
    fn one(&mut self, behind: &str) -> Result<Vec<Call>> {
        let all = u64::from(self.world().size.requests);
        let calls = CALLS.min(all as usize);
        (0..calls)
            .map(|_| {
                let request = self.chance.below(all) as u32;
                let authorization = self.inside.person(self.world().owner(request))?;
                let path = format!("/api/v2/requests/{}{behind}", data::number(request));
                Ok(Call::get(&path, &authorization))
            })
            .collect()
    }

    /// Searches as the portal makes them, by words of a range of ranks.
    fn search(&mut self, ranks: std::ops::Range<u64>) -> Result<Vec<Call>> {
        let people = self.people(PAGE + 1);
        let mut calls = Vec::with_capacity(people.len());
        for at in people {
            let rank = ranks.start + self.chance.below(ranks.end - ranks.start);
            let word = self.world().words.ranked(rank as usize).to_owned();
            let status = self.chance.pick(&["", "%20status:closed", "%20status%3Csolved"]);
            let path = format!(
                "/api/v2/requests/search?query={word}%20requester:me%20order_by:updated_at\
                 %20sort:desc{}&include=users&page=1&per_page=15",
                status.unwrap_or_default()
            );
            calls.push(Call::get(&path, &self.inside.person(at)?));
        }
        Ok(calls)
    }

    /// Searches over everything.
    fn agents_search(&mut self) -> Result<Vec<Call>> {
        (0..CALLS)
            .map(|_| {
                let agent = self.chance.below(u64::from(AGENTS)) as u32;
                let rank = self.chance.lognormal(2_000.0, 1.0).min(39_000.0) as usize;
                let word = self.world().words.ranked(rank).to_owned();
                let operators = [
                    "",
                    "%20status%3Csolved",
                    "%20status:closed%20priority:high",
                    "%20created%3E2026-06-01",
                ];
                let operators = self.chance.pick(&operators).unwrap_or_default();
                let path = format!(
                    "/api/v2/search?query=type:ticket%20{word}{operators}\
                     &sort_by=updated_at&sort_order=desc&per_page=25"
                );
                Ok(Call::get(&path, &Inside::agent(agent)))
            })
            .collect()
    }
}
