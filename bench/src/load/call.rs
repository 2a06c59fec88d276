//! A call as bytes, ready to be sent: what a browser or a client's library would send.

/// The name by which callers know the server; its configuration names it too.
pub(crate) const HOST: &str = "support.example.com";

/// A request of HTTP. One that creates has a place for a key, which is another each time.
#[derive(Clone, Debug)]
pub(crate) struct Call {
    bytes: Vec<u8>,
    key_at: Option<usize>,
}

/// What stands in the place of a key until it is sent.
const KEY: &str = "bench-0000000000000000";

impl Call {
    /// A call that reads.
    pub(crate) fn get(path: &str, authorization: &str) -> Self {
        let bytes = head("GET", path, authorization) + "\r\n";
        Self { bytes: bytes.into_bytes(), key_at: None }
    }

    /// A call that creates.
    pub(crate) fn post(path: &str, authorization: &str, body: &str) -> Self {
        let head = head("POST", path, authorization) + "idempotency-key: ";
        let key_at = Some(head.len());
        let bytes = format!(
            "{head}{KEY}\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
            body.len()
        );
        Self { bytes: bytes.into_bytes(), key_at }
    }

    /// Writes the call with the key of a turn.
    pub(crate) fn write(&self, turn: usize, to: &mut Vec<u8>) {
        to.clear();
        to.extend_from_slice(&self.bytes);
        if let Some(at) = self.key_at
            && let Some(place) = to.get_mut(at..at + KEY.len())
        {
            place.copy_from_slice(format!("bench-{turn:016x}").as_bytes());
        }
    }
}

fn head(method: &str, path: &str, authorization: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nhost: {HOST}\r\nuser-agent: handrail-bench\r\n\
         accept: */*\r\naccept-encoding: gzip, deflate, br\r\naccept-language: en\r\n\
         authorization: {authorization}\r\n"
    )
}

#[cfg(test)]
mod tests {
    use super::Call;

    #[test]
    fn every_turn_has_a_key_of_its_own_and_nothing_else_changes() {
        let call = Call::post("/api/v2/requests", "Bearer x", "{}");
        let text = |turn| {
            let mut bytes = Vec::new();
            call.write(turn, &mut bytes);
            String::from_utf8(bytes).unwrap()
        };
        assert!(text(1).contains("idempotency-key: bench-0000000000000001\r\n"));
        assert_eq!(text(1).replace("01\r\n", "ff\r\n"), text(255));
        assert!(text(1).ends_with("content-length: 2\r\n\r\n{}"));
    }
}
