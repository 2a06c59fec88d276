//! What a page fetched, by what the browser tells of its traffic.

use serde_json::Value;
use std::collections::HashMap;

/// A file or a call that was answered.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Transfer {
    pub(crate) address: String,
    /// As they came over the line: compressed, with the head of the answer.
    pub(crate) bytes: f64,
}

/// The transfers that ended, in order.
pub(crate) fn transfers(messages: &[Value]) -> Vec<Transfer> {
    let mut asked = HashMap::new();
    let mut ended = Vec::new();
    for message in messages {
        let text = |path: &str| message.pointer(path).and_then(Value::as_str);
        let Some(id) = text("/params/requestId") else { continue };
        match text("/method") {
            Some("Network.requestWillBeSent") => {
                asked.insert(id, text("/params/request/url").unwrap_or_default());
            }
            Some("Network.loadingFinished") => {
                let Some(address) = asked.get(id).filter(|it| it.starts_with("http")) else {
                    continue;
                };
                let bytes = message.pointer("/params/encodedDataLength").and_then(Value::as_f64);
                let (address, bytes) = ((*address).to_owned(), bytes.unwrap_or_default());
                ended.push(Transfer { address, bytes });
            }
            _ => {}
        }
    }
    ended
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn transfers_are_put_together_from_beginning_and_end() {
        let sent = |id: &str, url: &str| {
            json!({ "method": "Network.requestWillBeSent",
                "params": { "requestId": id, "request": { "url": url } } })
        };
        let done = |id: &str, bytes: u32| {
            json!({ "method": "Network.loadingFinished",
                "params": { "requestId": id, "encodedDataLength": bytes } })
        };
        let messages = [
            sent("1", "http://a/x.js"),
            sent("2", "data:,"),
            json!({ "method": "Page.loadEventFired", "params": {} }),
            sent("3", "http://a/never"),
            done("2", 5),
            done("1", 700),
        ];
        let transfer = Transfer { address: String::from("http://a/x.js"), bytes: 700.0 };
        assert_eq!(transfers(&messages), [transfer]);
    }
}
