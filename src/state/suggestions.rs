//! Colleagues who are offered while an address is typed.

use api::user::Colleague;

/// What is offered, and which of it the arrow keys have reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suggestions {
    pub people: Vec<Colleague>,
    pub active: Option<usize>,
    asked: u32,
}

impl Suggestions {
    /// Something was typed: nothing is active, and answers to earlier questions come too late. Tells
    /// the number of the question that may be asked now.
    pub fn ask(&mut self) -> u32 {
        self.active = None;
        self.asked = self.asked.wrapping_add(1);
        self.asked
    }

    /// Whether a question is still the newest one.
    #[must_use]
    pub const fn is_current(&self, question: u32) -> bool {
        self.asked == question
    }

    /// Offers what a question found, but for those who are in already.
    pub fn offer(&mut self, question: u32, people: Vec<Colleague>, already: &[String]) {
        if self.is_current(question) {
            self.people = people;
            self.people.retain(|person| {
                !already.iter().any(|address| address.eq_ignore_ascii_case(&person.email))
            });
        }
    }

    pub fn close(&mut self) {
        self.ask();
        self.people.clear();
    }

    /// One further or one back, and around at the ends.
    pub fn step(&mut self, forward: bool) {
        let Some(last) = self.people.len().checked_sub(1) else { return };
        self.active = Some(match (self.active, forward) {
            (Some(at), true) if at < last => at + 1,
            (_, true) => 0,
            (None | Some(0), false) => last,
            (Some(at), false) => at - 1,
        });
    }

    /// The address that is active.
    #[must_use]
    pub fn chosen(&self) -> Option<&str> {
        Some(self.people.get(self.active?)?.email.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::Suggestions;
    use api::user::Colleague;

    fn people(addresses: &[&str]) -> Vec<Colleague> {
        let person =
            |email: &&str| Colleague { email: (*email).to_owned(), ..Colleague::default() };
        addresses.iter().map(person).collect()
    }

    #[test]
    fn an_answer_to_an_older_question_is_dropped() {
        let mut offered = Suggestions::default();
        let (first, second) = (offered.ask(), offered.ask());
        offered.offer(second, people(&["ben@acme.example"]), &[]);
        offered.offer(first, people(&["eva@acme.example"]), &[]);
        assert_eq!(offered.people, people(&["ben@acme.example"]));
        offered.close();
        offered.offer(second, people(&["eva@acme.example"]), &[]);
        assert!(offered.people.is_empty());
    }

    #[test]
    fn who_is_copied_already_is_not_offered() {
        let mut offered = Suggestions::default();
        let question = offered.ask();
        let found = people(&["ben@acme.example", "eva@acme.example"]);
        offered.offer(question, found, &["BEN@acme.example".to_owned()]);
        assert_eq!(offered.people, people(&["eva@acme.example"]));
    }

    #[test]
    fn the_arrows_go_around() {
        let mut offered = Suggestions::default();
        offered.step(true);
        assert_eq!(offered.chosen(), None);
        let question = offered.ask();
        offered.offer(question, people(&["a", "b"]), &[]);
        assert_eq!(offered.chosen(), None);
        for (forward, expected) in [(true, "a"), (true, "b"), (true, "a"), (false, "b")] {
            offered.step(forward);
            assert_eq!(offered.chosen(), Some(expected));
        }
        offered.ask();
        offered.step(false);
        assert_eq!(offered.chosen(), Some("b"));
    }
}
