//! A lean HTTP/1.1 client: one connection, one call at a time, no more looked at than is needed to
//! know where an answer ends. What it costs is taken from the server, which shares the machine.

use anyhow::{Context, Result, bail};
use std::net::SocketAddr;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

/// A connection that is kept open.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

/// What came back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Answer<'a> {
    pub(crate) status: u16,
    pub(crate) body: &'a [u8],
}

/// The head of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Head {
    status: u16,
    /// Bytes up to the body.
    bytes: usize,
    body: usize,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> Result<Self> {
        let stream = TcpStream::connect(address).await.context("the server cannot be reached")?;
        stream.set_nodelay(true)?;
        Ok(Self { stream, buffer: Vec::with_capacity(256 * 1024) })
    }

    /// Sends a whole request and waits for the whole answer.
    pub(crate) async fn call(&mut self, request: &[u8]) -> Result<Answer<'_>> {
        self.stream.write_all(request).await?;
        self.buffer.clear();
        let head = loop {
            self.more().await?;
            if let Some(head) = Head::read(&self.buffer)? {
                break head;
            }
        };
        while self.buffer.len() < head.bytes + head.body {
            self.more().await?;
        }
        let body = self.buffer.get(head.bytes..head.bytes + head.body).unwrap_or_default();
        Ok(Answer { status: head.status, body })
    }

    async fn more(&mut self) -> Result<()> {
        if self.stream.read_buf(&mut self.buffer).await? == 0 {
            bail!("the server closed the connection");
        }
        Ok(())
    }
}

impl Head {
    /// The head, if all of it is there.
    fn read(buffer: &[u8]) -> Result<Option<Self>> {
        let Some(end) = buffer.windows(4).position(|four| four == b"\r\n\r\n") else {
            return Ok(None);
        };
        let text = std::str::from_utf8(buffer.get(..end).unwrap_or_default())?;
        let mut lines = text.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1));
        let status = status.and_then(|text| text.parse().ok()).context("no status")?;
        let length = lines.find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length").then(|| value.trim().parse().ok())?
        });
        let body = length.context("an answer without a length cannot be measured")?;
        Ok(Some(Self { status, bytes: end + 4, body }))
    }
}

#[cfg(test)]
mod tests {
    use super::Head;

    #[test]
    fn a_head_is_read_once_it_is_there() {
        let text = b"HTTP/1.1 201 Created\r\nContent-Length: 12\r\nx: y\r\n\r\n{}";
        let head = Head::read(text).unwrap();
        assert_eq!(head, Some(Head { status: 201, bytes: text.len() - 2, body: 12 }));
        assert_eq!(Head::read(b"HTTP/1.1 200 OK\r\ncontent-le").unwrap(), None);
        assert!(Head::read(b"HTTP/1.1 200 OK\r\n\r\n").is_err());
    }
}
