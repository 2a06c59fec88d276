//! What one person has seen of their requests, small enough to be kept in the browser: a time up to
//! which all is seen, and beside it the few requests that were looked at since.

use api::request::Request;

/// Requests that are remembered one by one.
const MOST: usize = 300;

/// What was seen, in unix seconds of the server's clock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Whatever happened up to here is seen.
    pub until: i64,
    /// The last event that is known, for the stream to go on behind it.
    pub cursor: Option<i64>,
    /// Requests by id, and up to when each is seen.
    requests: Vec<(i64, i64)>,
}

impl Seen {
    /// For somebody of whom nothing is known: all that happened so far counts as seen.
    #[must_use]
    pub const fn from(now: i64) -> Self {
        Self { until: now, cursor: None, requests: Vec::new() }
    }

    /// Up to when a request is seen.
    #[must_use]
    pub fn until_of(&self, id: i64) -> i64 {
        let known = self.requests.iter().find(|(known, _)| *known == id);
        self.until.max(known.map_or(0, |(_, until)| *until))
    }

    /// Whether something happened that was not seen.
    #[must_use]
    pub fn lacks(&self, id: i64, changed_at: i64) -> bool {
        changed_at > self.until_of(id)
    }

    /// The same of a whole request.
    #[must_use]
    pub fn lacks_request(&self, request: &Request) -> bool {
        request.updated_at.is_some_and(|at| self.lacks(request.id, at.timestamp()))
    }

    /// A request was looked at. When there are too many to remember, the one that was looked at
    /// longest ago gives way, and what happened before that counts as seen.
    pub fn mark(&mut self, id: i64, until: i64) {
        match self.requests.iter_mut().find(|(known, _)| *known == id) {
            Some((_, known)) => *known = until.max(*known),
            None => self.requests.push((id, until)),
        }
        if self.requests.len() > MOST {
            let oldest = self.requests.iter().map(|(_, until)| *until).min();
            self.all_until(oldest.unwrap_or_default());
        }
    }

    /// Nothing is left unseen up to here.
    pub fn all_until(&mut self, until: i64) {
        self.until = until.max(self.until);
        let until = self.until;
        self.requests.retain(|(_, known)| *known > until);
    }

    /// Takes over what was seen elsewhere, say in another tab.
    pub fn merge(&mut self, other: &Self) {
        self.cursor = self.cursor.max(other.cursor);
        for (id, until) in &other.requests {
            self.mark(*id, *until);
        }
        self.all_until(other.until);
    }

    /// As one line: `until,cursor,id,until,id,until …`
    #[must_use]
    pub fn write(&self) -> String {
        let mut text = self.until.to_string();
        let mut put = |number: i64| text.extend([",", &number.to_string()]);
        put(self.cursor.unwrap_or(-1));
        for (id, until) in &self.requests {
            put(*id);
            put(*until);
        }
        text
    }

    /// Reads what [`Self::write`] wrote; `None` for anything else.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut numbers = text.split(',').map(|number| number.parse::<i64>().ok());
        let mut seen = Self::from(numbers.next()??);
        seen.cursor = numbers.next()?.filter(|cursor| *cursor >= 0);
        while let Some(id) = numbers.next() {
            seen.mark(id?, numbers.next()??);
        }
        Some(seen)
    }
}

#[cfg(test)]
mod tests {
    use super::{MOST, Seen};

    #[test]
    fn somebody_new_has_seen_all_there_was() {
        let seen = Seen::from(100);
        assert!(!seen.lacks(1, 100));
        assert!(seen.lacks(1, 101));
    }

    #[test]
    fn looking_at_one_request_says_nothing_of_the_others() {
        let mut seen = Seen::from(100);
        seen.mark(1, 200);
        seen.mark(1, 150);
        assert!(!seen.lacks(1, 200));
        assert!(seen.lacks(1, 201) && seen.lacks(2, 150));
    }

    #[test]
    fn what_is_written_is_read_again_and_nothing_else_is() {
        let mut seen = Seen { cursor: Some(4_711), ..Seen::from(100) };
        seen.mark(1_031, 250);
        seen.mark(1_032, 300);
        assert_eq!(Seen::read(&seen.write()), Some(seen));
        assert_eq!(Seen::read(&Seen::from(7).write()), Some(Seen::from(7)));
        for text in ["", "x", "1", "1,2,3", "1,2,3,x", "{}"] {
            assert_eq!(Seen::read(text), None, "{text}");
        }
    }

    #[test]
    fn it_stays_small_and_forgets_what_was_looked_at_longest_ago() {
        let mut seen = Seen::from(0);
        for id in 1..=10_000 {
            seen.mark(id, id);
        }
        assert!(seen.write().len() < MOST * 16);
        assert!(!seen.lacks(10_000, 10_000) && !seen.lacks(1, 1));
        assert!(seen.lacks(1, 10_000));
    }

    #[test]
    fn two_tabs_know_together_what_each_has_seen() {
        let (mut one, mut other) = (Seen::from(100), Seen::from(150));
        one.mark(1, 300);
        other.mark(2, 400);
        other.cursor = Some(9);
        one.merge(&other);
        assert!(!one.lacks(1, 300) && !one.lacks(2, 400) && !one.lacks(3, 150));
        assert!(one.lacks(3, 151));
        assert_eq!(one.cursor, Some(9));
    }
}
