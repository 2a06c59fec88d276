//! What is left of a reply when the server already has another one under its key.
//!
//! That happens when a try arrived, its answer was lost, and the reply was changed before the next try.
//! Which of the tries arrived, the server does not say; what is sent must never be said twice.

/// A reply as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Try {
    pub text: String,
    /// Tokens of its files.
    pub files: Vec<String>,
    /// Whether it solves the request.
    pub solve: bool,
}

/// What is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// All of it arrived.
    Nothing,
    /// What was said arrived; that it is solved did not.
    Solving,
    /// Something else arrived. Whether this still has to be said, only its author knows.
    Saying,
}

/// What is left of a reply after some tries under the same key, itself among them or not.
#[must_use]
pub fn left(tries: &[Try], now: &Try) -> Left {
    // The very same would have got the answer of the one that arrived.
    let mut others = tries.iter().filter(|other| *other != now).peekable();
    let is_said = others.peek().is_some()
        && others.all(|other| other.text == now.text && other.files == now.files);
    match (is_said, now.solve) {
        (false, _) => Left::Saying,
        (true, true) => Left::Solving,
        (true, false) => Left::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use super::{Left, Try, left};

    fn a_try(text: &str, solve: bool) -> Try {
        Try { text: text.to_owned(), files: Vec::new(), solve }
    }

    #[test]
    fn what_was_said_is_not_said_again() {
        let now = a_try("Thanks", true);
        assert_eq!(left(&[a_try("Thanks", false), now.clone()], &now), Left::Solving);
        let now = a_try("Thanks", false);
        assert_eq!(left(&[a_try("Thanks", true), now.clone()], &now), Left::Nothing);
    }

    #[test]
    fn what_may_not_have_been_said_stays_with_its_author() {
        let now = a_try("Thanks a lot", false);
        assert_eq!(left(&[a_try("Thanks", false), now.clone()], &now), Left::Saying);
        assert_eq!(left(&[], &now), Left::Saying);
        // Of an earlier visit, say, about which nothing is known any more.
        assert_eq!(left(std::slice::from_ref(&now), &now), Left::Saying);
        let with_file = Try { files: vec!["t".to_owned()], ..now.clone() };
        assert_eq!(left(&[with_file], &now), Left::Saying);
        let tries = [a_try("Thanks", false), a_try("Thanks a lot", true)];
        assert_eq!(left(&tries, &now), Left::Saying);
    }
}
