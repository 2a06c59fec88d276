//! Who there is and who raised what: customers of very different sizes, as real ones are.

use super::{chance::Chance, words::Words};
use std::ops::Range;

/// The streams of chance that this file draws from.
const PEOPLE: u64 = 1;
const OWNERS: u64 = 2;
const COUNTS: u64 = 3;

/// Support staff. They have the first ids.
pub(crate) const AGENTS: u32 = 40;
/// People of a customer, on average.
const PEOPLE_EACH: f64 = 10.0;
/// Spread of the lognormal law by which customers have requests: with a hundred on average the
/// largest of 10,000 has about 5,000, and half of them fewer than 50.
const SPREAD: f64 = 1.2;
/// Comments on a request, on average.
const COMMENTS_EACH: usize = 3;
const MOST_COMMENTS: u8 = 40;

/// How much there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) requests: u32,
    pub(crate) organizations: u32,
}

/// A customer.
#[derive(Clone, Debug)]
pub(crate) struct Organization {
    pub(crate) name: String,
    pub(crate) plan: &'static str,
    /// Its people, by their place in [`World::people`].
    pub(crate) people: Range<u32>,
    pub(crate) requests: u32,
}

/// Somebody who raises requests.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub(crate) name: String,
    pub(crate) email: String,
    /// The place of their customer in [`World::organizations`].
    pub(crate) organization: u32,
    pub(crate) requests: u32,
}

/// Everybody, and whose each request is.
pub(crate) struct World {
    pub(crate) seed: u64,
    pub(crate) size: Size,
    pub(crate) words: Words,
    pub(crate) organizations: Vec<Organization>,
    pub(crate) people: Vec<Person>,
    /// The requester of each request, by time.
    pub(crate) owners: Vec<u32>,
    /// How many comments each request has.
    pub(crate) comments: Vec<u8>,
}

impl Size {
    /// A size with as many customers as fit it: a hundred requests each.
    pub(crate) fn of(requests: u32) -> Self {
        Self { requests, organizations: (requests / 100).max(1) }
    }
}

impl World {
    /// The world of a seed; the same each time.
    pub(crate) fn new(seed: u64, size: Size) -> Self {
        let words = Words::new();
        let shares = shares(size);
        let mut chance = Chance::at(seed, [PEOPLE, 0, 0]);
        let mut organizations = Vec::with_capacity(shares.len());
        let mut people: Vec<Person> = Vec::new();
        let mut owners = Vec::with_capacity(size.requests as usize);
        let scale = PEOPLE_EACH * shares.len() as f64
            / shares.iter().map(|share| crowd(*share)).sum::<f64>();
        for (at, requests) in (0..).zip(shares) {
            let first = people.len() as u32;
            let count = ((crowd(requests) * scale).round() as u32).max(2);
            let domain = format!("{}-{at}.example", words.name(&mut chance).to_lowercase());
            people.extend((0..count).map(|index| {
                let (given, family) = (words.name(&mut chance), words.name(&mut chance));
                let email = format!("{given}.{family}.{index}@{domain}").to_lowercase();
                Person { name: format!("{given} {family}"), email, organization: at, requests: 0 }
            }));
            for person in raisers(requests, count).map(|index| first + index) {
                owners.push(person);
                if let Some(person) = people.get_mut(person as usize) {
                    person.requests += 1;
                }
            }
            organizations.push(Organization {
                name: format!("{} {}", words.name(&mut chance), words.name(&mut chance)),
                plan: if chance.happens(0.3) { "advanced" } else { "basic" },
                people: first..first + count,
                requests,
            });
        }
        Chance::at(seed, [OWNERS, 0, 0]).shuffle(&mut owners);
        let comments = comments(&mut Chance::at(seed, [COUNTS, 0, 0]), size.requests as usize);
        Self { seed, size, words, organizations, people, owners, comments }
    }

    /// The world of a seed with a single customer, all of whose requests the first person raised.
    pub(crate) fn of_one(seed: u64, requests: u32) -> Self {
        let mut world = Self::new(seed, Size { requests, organizations: 1 });
        world.owners.fill(0);
        for (at, person) in world.people.iter_mut().enumerate() {
            person.requests = if at == 0 { requests } else { 0 };
        }
        world
    }

    /// The requester of a request, by the request's place in time.
    pub(crate) fn owner(&self, request: u32) -> u32 {
        self.owners.get(request as usize).copied().unwrap_or_default()
    }
}

/// How many requests each customer has, the largest first; all together they are as many as wanted.
fn shares(size: Size) -> Vec<u32> {
    let count = size.organizations;
    let quantile = |rank: u32| 1.0 - (f64::from(rank) + 0.5) / f64::from(count);
    let weights: Vec<f64> = (0..count).map(|r| (SPREAD * normal(quantile(r))).exp()).collect();
    let all: f64 = weights.iter().sum();
    let mut given = 0;
    let mut upto = 0.0;
    let mut shares = Vec::with_capacity(weights.len());
    for weight in weights {
        upto += weight;
        let end = (upto / all * f64::from(size.requests)).round() as u32;
        shares.push(end.saturating_sub(given));
        given = given.max(end);
    }
    shares
}

/// How many people a customer with so many requests has, up to a factor: more, but not in proportion.
fn crowd(requests: u32) -> f64 {
    (f64::from(requests.max(1)) / 100.0).powf(0.6)
}

/// Who of a customer's people raised each request: the first one most, the others ever fewer.
fn raisers(requests: u32, people: u32) -> impl Iterator<Item = u32> {
    let weight = |index: u32| 1.0 / (f64::from(index) + 1.0);
    let all: f64 = (0..people).map(weight).sum();
    let mut upto = 0.0;
    let mut given = 0;
    (0..people).flat_map(move |index| {
        upto += weight(index) / all;
        let end = if index + 1 == people { requests } else { (upto * f64::from(requests)) as u32 };
        let count = end.saturating_sub(given);
        given = given.max(end);
        std::iter::repeat_n(index, count as usize)
    })
}

/// How many comments each request has: at least its own text, three on average, seldom many.
fn comments(chance: &mut Chance, requests: usize) -> Vec<u8> {
    let more = 1.0 - 1.0 / COMMENTS_EACH as f64;
    let mut counts = Vec::with_capacity(requests);
    for _ in 0..requests {
        let mut count = 1;
        while count < MOST_COMMENTS && chance.happens(more) {
            count += 1;
        }
        counts.push(count);
    }
    // What chance left over or took too much is put right where it shows least.
    let mut sum: usize = counts.iter().map(|count| usize::from(*count)).sum();
    let wanted = requests * COMMENTS_EACH;
    while sum != wanted {
        let Some(count) = counts.get_mut(chance.below(requests as u64) as usize) else { break };
        if sum < wanted && *count < MOST_COMMENTS {
            *count += 1;
            sum += 1;
        } else if sum > wanted && *count > 1 {
            *count -= 1;
            sum -= 1;
        }
    }
    counts
}

/// The quantile function of the normal distribution, after Abramowitz and Stegun 26.2.23; its error
/// of 0.0005 does not matter here.
fn normal(probability: f64) -> f64 {
    let tail = probability.min(1.0 - probability);
    let t = (tail.ln() * -2.0).sqrt();
    let above = (0.010_328 * t + 0.802_853) * t + 2.515_517;
    let below = ((0.001_308 * t + 0.189_269) * t + 1.432_788) * t + 1.0;
    let quantile = t - above / below;
    if probability < 0.5 { -quantile } else { quantile }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn world() -> World {
        World::new(7, Size::of(20_000))
    }

    #[test]
    fn there_is_as_much_as_was_asked_for() {
        let world = world();
        assert_eq!(world.owners.len(), 20_000);
        assert_eq!(world.organizations.len(), 200);
        assert_eq!(world.comments.iter().map(|count| usize::from(*count)).sum::<usize>(), 60_000);
        let raised: u32 = world.people.iter().map(|person| person.requests).sum();
        assert_eq!(raised, 20_000);
        assert!((1_600..2_600).contains(&world.people.len()), "{}", world.people.len());
    }

    #[test]
    fn few_customers_are_large_and_many_are_small() {
        let world = world();
        let requests = |at: usize| world.organizations[at].requests;
        assert!(requests(0) > 1_000, "{}", requests(0));
        assert!(requests(100) < 60, "{}", requests(100));
        assert!(requests(199) > 0);
        let busiest = &world.people[world.organizations[0].people.start as usize];
        assert!(busiest.requests > requests(0) / 8);
    }

    #[test]
    fn one_person_can_have_raised_everything() {
        let world = World::of_one(7, 300);
        assert!(world.owners.iter().all(|owner| *owner == 0) && world.owners.len() == 300);
        assert_eq!(world.people[0].requests, 300);
        assert!(world.people.len() > 1, "there are colleagues to be copied");
    }

    #[test]
    fn addresses_are_unique() {
        let world = world();
        let mut emails: Vec<&str> = world.people.iter().map(|it| it.email.as_str()).collect();
        emails.sort_unstable();
        emails.dedup();
        assert_eq!(emails.len(), world.people.len());
    }
}
