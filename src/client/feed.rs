//! The event stream's text, taken apart as it comes.

/// One event of a stream of server-sent events.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) name: String,
    pub(super) data: String,
}

/// What came so far of what is not whole yet.
#[derive(Debug, Default)]
pub(super) struct Feed {
    /// What we are told is ASCII; of anything else no word is read.
    line: String,
    event: Told,
}

impl Feed {
    /// Takes what arrived, cut anywhere; gives the events that are whole by it. The server ends lines
    /// with a line feed alone, and a relay may add a carriage return.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Vec<Told> {
        let mut told = Vec::new();
        for byte in bytes {
            if *byte != b'\n' {
                self.line.push(char::from(*byte));
                continue;
            }
            let line = std::mem::take(&mut self.line);
            let line = line.trim_end_matches('\r');
            match line.split_once(':') {
                Some(("event", name)) => self.event.name = name.trim_start().to_owned(),
                Some(("data", data)) => self.event.data = data.trim_start().to_owned(),
                _ if line.is_empty() => {
                    let event = std::mem::take(&mut self.event);
                    if !event.data.is_empty() {
                        told.push(event);
                    }
                }
                _ => {}
            }
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::{Feed, Told};

    const STREAM: &str = ": handrail\nretry: 3000\n\nevent: request\nid: 7\ndata: {\"id\":7}\n\n\
         event: ready\r\nid: 7\r\ndata: {\"cursor\":7}\r\n\r\n: beat\n\n";

    #[test]
    fn events_are_whole_however_the_stream_is_cut() {
        let told = |name: &str, data: &str| Told { name: name.to_owned(), data: data.to_owned() };
        let expected = [told("request", "{\"id\":7}"), told("ready", "{\"cursor\":7}")];
        for size in [1, 2, 3, 7, 1_000] {
            let mut feed = Feed::default();
            let pieces = STREAM.as_bytes().chunks(size);
            let events: Vec<Told> = pieces.flat_map(|piece| feed.take(piece)).collect();
            assert_eq!(events, expected, "cut by {size}");
        }
    }

    #[test]
    fn what_is_not_whole_is_not_told() {
        let mut feed = Feed::default();
        assert_eq!(feed.take(b"event: request\ndata: {\"id\":7}\n"), []);
        assert_eq!(feed.take(b"\xff\xfe\n").len(), 0);
    }
}
