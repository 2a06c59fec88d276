//! What is measured: the rows of the tables.

/// A row.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Measure {
    BytesToLauncher,
    BytesToForm,
    Launcher,
    LoadLong,
    LoadLongest,
    FormCold,
    FormWarm,
    OpenLong,
    OpenLongest,
    OpenInteraction,
    KeyDelay,
    KeyDelayWorst,
    KeyInteraction,
    HeapLauncher,
    HeapForm,
    PromiseCold,
    PromiseWarm,
    ListFirst,
    ArrivingDropped,
    ArrivingLongest,
    FullDropped,
    FullLongest,
    Filter,
    Search,
    Thread,
    ListInteraction,
    ListLongest,
    HeapList,
}

/// In what it is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Milliseconds,
    Bytes,
    Percent,
}

impl Measure {
    /// What every widget does.
    pub(crate) const SHARED: [Self; 15] = [
        Self::BytesToLauncher,
        Self::BytesToForm,
        Self::Launcher,
        Self::LoadLong,
        Self::LoadLongest,
        Self::FormCold,
        Self::FormWarm,
        Self::OpenLong,
        Self::OpenLongest,
        Self::OpenInteraction,
        Self::KeyDelay,
        Self::KeyDelayWorst,
        Self::KeyInteraction,
        Self::HeapLauncher,
        Self::HeapForm,
    ];

    /// What Handrail alone has.
    pub(crate) const ALONE: [Self; 13] = [
        Self::PromiseCold,
        Self::PromiseWarm,
        Self::ListFirst,
        Self::ArrivingDropped,
        Self::ArrivingLongest,
        Self::FullDropped,
        Self::FullLongest,
        Self::Filter,
        Self::Search,
        Self::Thread,
        Self::ListInteraction,
        Self::ListLongest,
        Self::HeapList,
    ];

    /// Rows in which Handrail is to be at least as good as Sentry. The others tell why.
    pub(crate) const JUDGED: [Self; 9] = [
        Self::BytesToLauncher,
        Self::Launcher,
        Self::LoadLong,
        Self::FormCold,
        Self::FormWarm,
        Self::KeyDelay,
        Self::KeyDelayWorst,
        Self::HeapLauncher,
        Self::HeapForm,
    ];

    /// Rows of which every value is that of an interaction.
    pub(crate) const INTERACTIONS: [Self; 3] =
        [Self::OpenInteraction, Self::KeyInteraction, Self::ListInteraction];

    pub(crate) const fn title(self) -> &'static str {
        match self {
            Self::BytesToLauncher => "bytes before the launcher",
            Self::BytesToForm => "bytes with the form open, together",
            Self::Launcher => "tag to launcher",
            Self::LoadLong => "long tasks at page load, from the tag on",
            Self::LoadLongest => "the longest of them",
            Self::FormCold => "click to usable form, cold",
            Self::FormWarm => "click to usable form, warm",
            Self::OpenLong => "long tasks while the form opens (cold), together",
            Self::OpenLongest => "the longest task meanwhile",
            Self::OpenInteraction => "the click on the launcher, until painted",
            Self::KeyDelay => "input delay while typing",
            Self::KeyDelayWorst => "input delay of the worst key",
            Self::KeyInteraction => "the worst key, until painted",
            Self::HeapLauncher => "heap with the launcher",
            Self::HeapForm => "heap with the form open",
            Self::PromiseCold => "click to the promise in the form, cold",
            Self::PromiseWarm => "click to the promise in the form, warm",
            Self::ListFirst => "click to the first rows",
            Self::ArrivingDropped => "scrolling while pages arrive: frames dropped",
            Self::ArrivingLongest => "the longest frame meanwhile",
            Self::FullDropped => "scrolling with all of them there: frames dropped",
            Self::FullLongest => "the longest frame there",
            Self::Filter => "key on the status filter to its rows",
            Self::Search => "last key of a search to its rows",
            Self::Thread => "click on a row to its conversation",
            Self::ListInteraction => "the worst interaction of all these",
            Self::ListLongest => "the longest task of all these",
            Self::HeapList => "heap afterwards",
        }
    }

    pub(crate) const fn unit(self) -> Unit {
        match self {
            Self::BytesToLauncher
            | Self::BytesToForm
            | Self::HeapLauncher
            | Self::HeapForm
            | Self::HeapList => Unit::Bytes,
            Self::ArrivingDropped | Self::FullDropped => Unit::Percent,
            _ => Unit::Milliseconds,
        }
    }
}

impl Unit {
    /// A value with its unit, in about three digits.
    pub(crate) fn show(self, value: f64) -> String {
        let digits = |value: f64, unit: &str| match value {
            ..0.05 => format!("0 {unit}"),
            ..100.0 => format!("{value:.1} {unit}"),
            _ => format!("{value:.0} {unit}"),
        };
        match self {
            Self::Milliseconds => digits(value, "ms"),
            Self::Percent => digits(value, "%"),
            Self::Bytes if value >= 1e6 => digits(value / 1e6, "MB"),
            Self::Bytes => digits(value / 1e3, "KB"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_readable() {
        assert_eq!(Unit::Bytes.show(44_011.0), "44.0 KB");
        assert_eq!(Unit::Bytes.show(3_140_000.0), "3.1 MB");
        assert_eq!(Unit::Milliseconds.show(0.0), "0 ms");
        assert_eq!(Unit::Milliseconds.show(412.4), "412 ms");
        assert_eq!(Unit::Percent.show(12.34), "12.3 %");
    }

    #[test]
    fn what_is_judged_is_shown() {
        assert!(Measure::JUDGED.iter().all(|row| Measure::SHARED.contains(row)));
    }
}
