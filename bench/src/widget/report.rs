//! The record as tables of Markdown, and what it says about the goals.

use super::{
    lists::REQUESTS,
    measure::{Measure, Unit},
    page::THROTTLE,
    record::Record,
    samples::Samples,
    subject::Subject,
};
use crate::machine;
use anyhow::Result;
use std::{fmt::Write as _, time::Duration};

/// The goals of the widget.
const LONGEST_TASK: f64 = 50.0;
const WORST_INTERACTION: f64 = 100.0;

/// All of a run.
pub(crate) struct Report {
    pub(crate) record: Record,
    pub(crate) rounds: u32,
    pub(crate) browser: String,
    pub(crate) took: Duration,
}

/// How Handrail stands to Sentry in a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Met,
    /// Slower by less than Sentry's own rounds differ: three of four of them do not surpass it by it.
    Even,
    Missed,
}

impl Verdict {
    fn of(ours: &Samples, theirs: &Samples) -> Self {
        match ours.median() {
            ours if ours <= theirs.median() => Self::Met,
            ours if ours <= theirs.upper_quartile() => Self::Even,
            _ => Self::Missed,
        }
    }

    const fn word(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Even => "even",
            Self::Missed => "**missed**",
        }
    }
}

impl Report {
    /// The report as text.
    pub(crate) fn markdown(&self) -> Result<String> {
        let mut text = String::new();
        self.head(&mut text)?;
        self.comparison(&mut text)?;
        self.lists(&mut text)?;
        self.goals(&mut text)?;
        self.slowest(&mut text)?;
        Ok(text)
    }

    fn head(&self, text: &mut String) -> Result<()> {
        writeln!(text, "## `cargo xtask bench widget`\n")?;
        writeln!(
            text,
            "- browser: Chromium {}, headless, the page's thread made {THROTTLE} times slower; a new \
             profile each round and widget",
            self.browser
        )?;
        writeln!(
            text,
            "- machine: {}, {} MB of memory, shared by browser, servers and measuring",
            machine::processors(),
            machine::memory() / 1_000_000
        )?;
        writeln!(
            text,
            "- {} rounds, all widgets in each; a cell is the median of the rounds, behind it the worst",
            self.rounds
        )?;
        text.push_str(
            "- page: the same plain page, which adds a `<script async>` of the widget once it has been \
             painted; everything from loopback and in brotli; bytes as they come over the line, heads of answers included, counted once\n\
             - Sentry: @sentry/browser with its error SDK as `init` has it, minified by esbuild; \
             `one bundle` has the form in it, `form later` fetches it at the click\n\
             - the click comes with the pointer: nothing is gained by fetching at a hover\n\
             - launcher and form count when they are painted; the form is usable when its text area \
             shows, is enabled and takes the focus\n\
             - a long task takes 50 ms or more\n\
             - warm: the second load, with what the browser kept of the first\n\
             - heap: after collecting garbage; scripts, nodes and the memory of Wasm\n",
        );
        writeln!(text, "- took {} s", self.took.as_secs())?;
        Ok(())
    }

    fn comparison(&self, text: &mut String) -> Result<()> {
        text.push_str("\n| |");
        for subject in Subject::ALL {
            write!(text, " {} |", subject.title())?;
        }
        text.push_str(" to one bundle | |\n|---|---:|---:|---:|---:|---:|---|\n");
        for row in Measure::SHARED {
            write!(text, "| {} |", row.title())?;
            for subject in Subject::ALL {
                match self.record.of(subject, row) {
                    Some(samples) => write!(text, " {} |", cell(samples, row.unit()))?,
                    None => text.push_str(" |"),
                }
            }
            let ours = self.record.of(Subject::Handrail, row);
            match ours.zip(self.record.of(Subject::Sentry, row)) {
                Some((ours, theirs)) => {
                    write!(text, " {} |", ratio(ours.median(), theirs.median()))?;
                    let judged = Measure::JUDGED.contains(&row);
                    let word = if judged { Verdict::of(ours, theirs).word() } else { "" };
                    writeln!(text, " {word} |")?;
                }
                None => text.push_str(" | |\n"),
            }
        }
        Ok(())
    }

    fn lists(&self, text: &mut String) -> Result<()> {
        writeln!(text, "\n| what Handrail alone has; {REQUESTS} requests | median | worst |")?;
        text.push_str("|---|---:|---:|\n");
        for row in Measure::ALONE {
            let Some(samples) = self.record.of(Subject::Handrail, row) else { continue };
            let [median, worst] = [samples.median(), samples.worst()].map(|it| row.unit().show(it));
            writeln!(text, "| {} | {median} | {worst} |", row.title())?;
        }
        Ok(())
    }

    fn goals(&self, text: &mut String) -> Result<()> {
        text.push_str("\n| goal | measured | |\n|---|---|---|\n");
        let mut goal = |what: &str, measured: &str, met: bool| {
            let verdict = if met { Verdict::Met } else { Verdict::Missed };
            writeln!(text, "| {what} | {measured} | {} |", verdict.word())
        };
        let behind: Vec<&str> = Measure::JUDGED
            .into_iter()
            .filter(|row| {
                let ours = self.record.of(Subject::Handrail, *row);
                let both = ours.zip(self.record.of(Subject::Sentry, *row));
                both.is_some_and(|(ours, theirs)| Verdict::of(ours, theirs) == Verdict::Missed)
            })
            .map(Measure::title)
            .collect();
        let measured = match behind.len() {
            0 => String::from("so in all of them"),
            _ => format!("not in: {}", behind.join("; ")),
        };
        goal("at least as quick as Sentry in each that both do", &measured, behind.is_empty())?;
        if let Some(tasks) = self.record.of(Subject::Handrail, Measure::LoadLongest) {
            let longest = tasks.worst();
            let measured = match longest {
                ..=0.0 => String::from("none in any round"),
                _ => format!("{longest:.0} ms"),
            };
            goal("no task over 50 ms at page load", &measured, longest <= LONGEST_TASK)?;
        }
        let worst = Measure::INTERACTIONS
            .into_iter()
            .filter_map(|row| Some((self.record.of(Subject::Handrail, row)?.worst(), row.title())))
            .max_by(|one, other| one.0.total_cmp(&other.0));
        if let Some((worst, title)) = worst {
            let measured = format!("{worst:.0} ms ({title})");
            goal("worst interaction below 100 ms", &measured, worst < WORST_INTERACTION)?;
        }
        Ok(())
    }

    fn slowest(&self, text: &mut String) -> Result<()> {
        text.push_str("\nThe worst interactions, waiting and work in handlers apart:\n\n");
        for (subject, part, words) in self.record.slowest() {
            writeln!(text, "- {}, {part}: {words}", subject.title())?;
        }
        Ok(())
    }
}

/// The median, and the worst if it differs.
fn cell(samples: &Samples, unit: Unit) -> String {
    let [median, worst] = [samples.median(), samples.worst()].map(|value| unit.show(value));
    if median == worst { median } else { format!("{median} ({worst})") }
}

fn ratio(ours: f64, theirs: f64) -> String {
    match (ours, theirs) {
        (..=0.0, ..=0.0) => String::from("1.00"),
        (_, ..=0.0) => String::from("more than none"),
        _ => format!("{:.2}", ours / theirs),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn samples(values: &[f64]) -> Samples {
        values.iter().copied().collect()
    }

    #[test]
    fn a_difference_within_the_noise_is_neither_met_nor_missed() {
        let theirs = samples(&[10.0, 11.0, 12.0, 13.0]);
        assert_eq!(Verdict::of(&samples(&[11.5]), &theirs), Verdict::Met);
        assert_eq!(Verdict::of(&samples(&[11.9]), &theirs), Verdict::Even);
        assert_eq!(Verdict::of(&samples(&[12.1]), &theirs), Verdict::Missed);
        assert_eq!(Verdict::of(&samples(&[0.0]), &samples(&[0.0])), Verdict::Met);
    }

    #[test]
    fn cells_tell_the_worst_only_when_it_differs() {
        assert_eq!(cell(&samples(&[5.0, 5.0]), Unit::Milliseconds), "5.0 ms");
        assert_eq!(cell(&samples(&[5.0, 5.0, 90.0]), Unit::Milliseconds), "5.0 ms (90.0 ms)");
        assert_eq!(ratio(1.0, 4.0), "0.25");
        assert_eq!(ratio(1.0, 0.0), "more than none");
    }

    #[test]
    fn goals_are_judged_by_the_worst_round() {
        let mut record = Record::default();
        for (measure, values) in [
            (Measure::LoadLongest, [0.0, 51.0]),
            (Measure::KeyInteraction, [16.0, 24.0]),
            (Measure::ListInteraction, [40.0, 104.0]),
            (Measure::FormCold, [300.0, 300.0]),
        ] {
            for value in values {
                record.add(Subject::Handrail, measure, value);
            }
        }
        record.add(Subject::Sentry, Measure::FormCold, 250.0);
        let (browser, took) = (String::new(), Duration::ZERO);
        let text = Report { record, rounds: 2, browser, took }.markdown().unwrap();
        assert!(text.contains("| 51 ms | **missed** |"), "{text}");
        assert!(text.contains("| 104 ms (the worst interaction of all these) | **missed** |"));
        assert!(text.contains("not in: click to usable form, cold | **missed** |"));
        assert!(text.contains("| 300 ms | 250 ms | | | 1.20 | **missed** |"));
    }
}
