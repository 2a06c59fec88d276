//! What was measured of everything, round by round.

use super::{measure::Measure, samples::Samples, seen::Seen, subject::Subject};
use std::collections::BTreeMap;

#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    samples: BTreeMap<(Subject, Measure), Samples>,
    /// The worst interaction of each part, with words about it.
    slowest: BTreeMap<(Subject, &'static str), (f64, String)>,
}

impl Record {
    pub(crate) fn add(&mut self, subject: Subject, measure: Measure, value: f64) {
        self.samples.entry((subject, measure)).or_default().add(value);
    }

    /// Remembers the worst interaction of a part, if it is worse than in the rounds before.
    pub(crate) fn note(&mut self, subject: Subject, part: &'static str, seen: &Seen) {
        let Some(words) = seen.worst_in_words() else { return };
        let length = seen.worst_interaction();
        let kept = self.slowest.entry((subject, part)).or_default();
        if length > kept.0 {
            *kept = (length, words);
        }
    }

    /// The values, if there are any.
    pub(crate) fn of(&self, subject: Subject, measure: Measure) -> Option<&Samples> {
        self.samples.get(&(subject, measure)).filter(|samples| !samples.is_empty())
    }

    /// The worst interactions in words, part by part.
    pub(crate) fn slowest(&self) -> impl Iterator<Item = (Subject, &'static str, &str)> {
        self.slowest.iter().map(|((subject, part), (_, words))| (*subject, *part, words.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_measured_is_not_there() {
        let mut record = Record::default();
        record.add(Subject::Handrail, Measure::Launcher, 3.0);
        record.add(Subject::Handrail, Measure::Launcher, 5.0);
        let launcher = |subject| record.of(subject, Measure::Launcher).map(Samples::median);
        assert_eq!((launcher(Subject::Handrail), launcher(Subject::Sentry)), (Some(4.0), None));
    }
}
