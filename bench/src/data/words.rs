//! Text that looks like text to an index: a vocabulary whose words are as common and as rare as
//! Zipf's law says, and now and then a code that stands in no other text.

use super::chance::Chance;

/// Words of the vocabulary.
const WORDS: usize = 40_000;
/// Entries of the table that is drawn from.
const DRAWS: usize = 1 << 20;
const CONSONANTS: [char; 16] =
    ['t', 'n', 's', 'r', 'l', 'd', 'm', 'k', 'p', 'b', 'v', 'f', 'g', 'h', 'w', 'z'];
const VOWELS: [char; 5] = ['e', 'a', 'o', 'i', 'u'];

/// Longest subject that is made, in characters; below the server's limit.
const SUBJECT: usize = 120;
/// Words of the longest comment, which has a piece of a log in it.
const LONGEST: f64 = 1_500.0;

/// The vocabulary.
pub(crate) struct Words {
    words: Vec<String>,
    /// Ranks, each as often as its share of all text.
    draws: Vec<u16>,
}

impl Words {
    pub(crate) fn new() -> Self {
        let words: Vec<String> = (0..WORDS).map(spell).collect();
        let weight = |rank: usize| (rank as f64 + 2.7).powf(-1.07);
        let all: f64 = (0..WORDS).map(weight).sum();
        let mut draws = Vec::with_capacity(DRAWS);
        let mut upto = 0.0;
        for rank in 0..WORDS {
            upto += weight(rank) / all;
            let end = (upto * DRAWS as f64).round() as usize;
            draws.resize(end.clamp(draws.len() + 1, DRAWS), rank as u16);
            if draws.len() == DRAWS {
                break;
            }
        }
        Self { words, draws }
    }

    /// The word of a rank; 0 is the most common one.
    pub(crate) fn ranked(&self, rank: usize) -> &str {
        self.words.get(rank).map_or("", String::as_str)
    }

    /// A word, common ones more often.
    pub(crate) fn word(&self, chance: &mut Chance) -> &str {
        let rank = chance.pick(&self.draws).unwrap_or_default();
        self.ranked(usize::from(rank))
    }

    /// A word with a capital, for names; each about as often.
    pub(crate) fn name(&self, chance: &mut Chance) -> String {
        capital(self.ranked(100 + chance.below(4_000) as usize))
    }

    /// A subject of a few words.
    pub(crate) fn subject(&self, chance: &mut Chance) -> String {
        let mut text = capital(self.word(chance));
        for _ in 0..3 + chance.below(6) {
            text.push(' ');
            text.push_str(self.word(chance));
        }
        if chance.happens(0.05) {
            text.push(' ');
            text.push_str(&code(chance));
        }
        text.truncate(SUBJECT);
        text
    }

    /// A comment: most have some 50 words, few have more than 300.
    pub(crate) fn comment(&self, chance: &mut Chance) -> String {
        let words = chance.lognormal(50.0, 0.8).clamp(4.0, LONGEST) as usize;
        let mut text = String::with_capacity(words * 6);
        let mut sentence = 0;
        for index in 0..words {
            if sentence == 0 {
                sentence = 6 + chance.below(12);
                let gap = match index {
                    0 => "",
                    _ if chance.happens(0.2) => ".\n\n",
                    _ => ". ",
                };
                text.push_str(gap);
                text.push_str(&capital(self.word(chance)));
            } else {
                text.push(' ');
                text.push_str(self.word(chance));
            }
            sentence -= 1;
        }
        if chance.happens(0.1) {
            text.push_str(": ");
            text.push_str(&code(chance));
        }
        text.push('.');
        text
    }
}

/// A code as error messages have them. Its second part is hardly ever seen twice.
fn code(chance: &mut Chance) -> String {
    let kind = chance.pick(&["err", "job", "run", "node"]).unwrap_or("err");
    format!("{kind}-{:08x}", chance.next() as u32)
}

/// The word of a rank: common words are short, and no two are alike, for each is a number written
/// in syllables.
fn spell(rank: usize) -> String {
    let base = CONSONANTS.len() * VOWELS.len();
    let mut rest = rank + 1;
    let mut word = String::new();
    while rest > 0 {
        let syllable = (rest - 1) % base;
        word.extend(CONSONANTS.get(syllable % CONSONANTS.len()));
        word.extend(VOWELS.get(syllable / CONSONANTS.len()));
        rest = (rest - 1) / base;
    }
    word
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn no_two_words_are_alike() {
        let words: BTreeSet<String> = (0..WORDS).map(spell).collect();
        assert_eq!(words.len(), WORDS);
    }

    #[test]
    fn some_words_are_everywhere_and_every_word_can_come() {
        let words = Words::new();
        let mut chance = Chance::at(1, [0; 3]);
        let common = words.ranked(0).to_owned();
        let hits = (0..10_000).filter(|_| words.word(&mut chance) == common).count();
        assert!((200..900).contains(&hits), "{hits}");
        assert_eq!(words.draws.last().map(|rank| usize::from(*rank)), Some(WORDS - 1));
    }

    #[test]
    fn texts_fit_the_servers_limits() {
        let words = Words::new();
        for place in 0..2_000 {
            let mut chance = Chance::at(1, [place, 0, 0]);
            assert!(words.subject(&mut chance).chars().count() <= 150);
            let comment = words.comment(&mut chance);
            assert!((10..64 * 1024).contains(&comment.len()));
        }
    }
}
