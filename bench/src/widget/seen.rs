//! What the probe noted in the page, and what can be said about it. All times are milliseconds.

use super::samples::Samples;
use serde::Deserialize;

/// How often a frame is due.
const FRAME: f64 = 1_000.0 / 60.0;

/// What happened on the page since it was last asked.
#[derive(Clone, Debug, Default, Deserialize)]
pub(crate) struct Seen {
    /// Beginning and length of each task of 50 ms or more.
    tasks: Vec<[f64; 2]>,
    events: Vec<Event>,
    /// When each key was pressed, and how long it waited for a listener of the page.
    keys: Vec<[f64; 2]>,
}

/// An event that took 16 ms or more from the hand to the picture.
#[derive(Clone, Debug, Deserialize)]
struct Event {
    name: String,
    at: f64,
    /// Until the first handler ran.
    delay: f64,
    /// In handlers.
    work: f64,
    /// Until what came of it was painted.
    duration: f64,
    /// Events of one press or key share a number; 0 for those that are neither.
    interaction: u64,
}

impl Seen {
    /// Time in tasks that are long.
    pub(crate) fn long(&self) -> f64 {
        self.tasks.iter().map(|[_, length]| length).fold(0.0, |sum, length| sum + length)
    }

    pub(crate) fn longest(&self) -> f64 {
        self.tasks.iter().map(|[_, length]| *length).fold(0.0, f64::max)
    }

    /// Without the tasks that began before.
    pub(crate) fn since(mut self, beginning: f64) -> Self {
        self.tasks.retain(|[at, _]| *at >= beginning);
        self
    }

    /// How long each key waited. Where the browser itself tells, it tells better than a listener can,
    /// whose first turn is late by its own compilation.
    pub(crate) fn key_delays(&self) -> Samples {
        let of = |key: &&Event| key.name == "keydown";
        let told = |pressed: f64| self.events.iter().filter(of).find(|it| it.at == pressed);
        self.keys.iter().map(|[at, delay]| told(*at).map_or(*delay, |event| event.delay)).collect()
    }

    /// The longest that a press or a key took until what came of it was painted; 0 when none took
    /// 16 ms.
    pub(crate) fn worst_interaction(&self) -> f64 {
        self.interactions().map(|event| event.duration).fold(0.0, f64::max)
    }

    /// The worst one in words, for whoever looks for the cause.
    pub(crate) fn worst_in_words(&self) -> Option<String> {
        let worst =
            self.interactions().max_by(|one, other| one.duration.total_cmp(&other.duration))?;
        let Event { name, at, delay, work, duration, .. } = worst;
        Some(format!(
            "{name} at {at:.0}: waited {delay:.0}, handled {work:.0}, painted after {duration:.0} ms"
        ))
    }

    fn interactions(&self) -> impl Iterator<Item = &Event> {
        self.events.iter().filter(|event| event.interaction > 0)
    }

    /// Both together.
    pub(crate) fn and(mut self, other: Self) -> Self {
        self.tasks.extend(other.tasks);
        self.events.extend(other.events);
        self.keys.extend(other.keys);
        self
    }
}

/// Frames of a motion.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Frames {
    pub(crate) shown: f64,
    pub(crate) dropped: f64,
    /// The longest time between two of them.
    pub(crate) longest: f64,
}

impl Frames {
    /// Of the beginnings of frames.
    pub(crate) fn of(beginnings: &[f64]) -> Self {
        let mut frames = Self::default();
        for (from, to) in beginnings.iter().zip(beginnings.iter().skip(1)) {
            let gap = to - from;
            frames.shown += 1.0;
            frames.dropped += ((gap / FRAME).round() - 1.0).max(0.0);
            frames.longest = frames.longest.max(gap);
        }
        frames
    }

    /// Hundredths of the frames that were due.
    pub(crate) fn dropped_share(&self) -> f64 {
        match self.shown + self.dropped {
            due if due > 0.0 => 100.0 * self.dropped / due,
            _ => 0.0,
        }
    }

    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            shown: self.shown + other.shown,
            dropped: self.dropped + other.dropped,
            longest: self.longest.max(other.longest),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tasks_and_interactions_are_summed_up() {
        let text = r#"{
            "tasks": [[10, 60.5], [200, 80]],
            "events": [
                { "name": "pointermove", "at": 1, "delay": 0, "work": 300, "duration": 312, "interaction": 0 },
                { "name": "keydown", "at": 2, "delay": 3.5, "work": 9, "duration": 48, "interaction": 7 },
                { "name": "click", "at": 3, "delay": 1, "work": 2, "duration": 24, "interaction": 8 }
            ],
            "keys": [[2, 5.5], [50, 0.5]]
        }"#;
        let seen: Seen = serde_json::from_str(text).unwrap();
        assert_eq!((seen.long(), seen.longest(), seen.worst_interaction()), (140.5, 80.0, 48.0));
        assert!(seen.worst_in_words().unwrap().starts_with("keydown at 2"));
        let delays: Samples = [0.5, 3.5].into_iter().collect();
        assert_eq!(seen.key_delays(), delays, "the browser's word counts where there is one");
        assert_eq!(seen.clone().since(100.0).long(), 80.0);
        assert_eq!(seen.clone().and(seen).long(), 281.0);
        assert_eq!(Seen::default().worst_interaction(), 0.0);
    }

    #[test]
    fn a_gap_of_three_frames_is_two_dropped() {
        let frames = Frames::of(&[0.0, 16.7, 33.3, 83.4, 100.0]);
        assert_eq!((frames.shown, frames.dropped), (4.0, 2.0));
        assert!((frames.longest - 50.1).abs() < 1e-9);
        assert!((frames.dropped_share() - 100.0 / 3.0).abs() < 1e-9);
        assert_eq!(Frames::of(&[5.0]).dropped_share(), 0.0);
    }
}
