//! The address of whoever calls. Behind a proxy that is not the one at the other end of the
//! connection; what the proxy says is believed only when the configuration names it.

use axum::{extract::ConnectInfo, http::request::Parts};
use ipnet::IpNet;
use std::net::{IpAddr, Ipv6Addr, SocketAddr};

const FORWARDED: &str = "x-forwarded-for";

/// The caller's address. Proxies append the address that they saw, so the list is read from its
/// end: the first one that is no proxy of ours is the caller's, and what stands before it is
/// hearsay. A call that came over no connection has none, and all of these count as one place.
#[must_use]
pub fn address(parts: &Parts, proxies: &[IpNet]) -> IpAddr {
    let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
    let mut address = match peer {
        Some(ConnectInfo(peer)) => peer.ip().to_canonical(),
        None => Ipv6Addr::UNSPECIFIED.into(),
    };
    let trusted = |address: &IpAddr| proxies.iter().any(|proxy| proxy.contains(address));
    let lines = parts.headers.get_all(FORWARDED).iter().rev();
    let mut hops = lines.flat_map(|line| line.to_str().unwrap_or("?").rsplit(','));
    while trusted(&address) {
        match hops.next().and_then(read) {
            Some(before) => address = before,
            None => break,
        }
    }
    address
}

/// An entry of the list; some proxies add a port.
fn read(entry: &str) -> Option<IpAddr> {
    let entry = entry.trim();
    let address =
        entry.parse::<IpAddr>().or_else(|_| entry.parse::<SocketAddr>().map(|it| it.ip()));
    let bare = || entry.strip_prefix('[')?.strip_suffix(']')?.parse::<IpAddr>().ok();
    address.ok().or_else(bare).map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::address;
    use axum::{extract::ConnectInfo, http::Request};
    use ipnet::IpNet;
    use std::net::SocketAddr;

    fn check(peer: &str, lines: &[&str], expected: &str) {
        let proxies: Vec<IpNet> =
            ["10.0.0.0/8", "2001:db8:f::/48"].map(|net| net.parse().unwrap()).to_vec();
        let mut request = Request::builder();
        for line in lines {
            request = request.header("x-forwarded-for", *line);
        }
        let (mut parts, ()) = request.body(()).unwrap().into_parts();
        if !peer.is_empty() {
            parts.extensions.insert(ConnectInfo(peer.parse::<SocketAddr>().unwrap()));
        }
        assert_eq!(address(&parts, &proxies).to_string(), expected, "{peer} {lines:?}");
    }

    #[test]
    fn only_a_trusted_proxy_is_believed() {
        check("192.0.2.1:5", &["198.51.100.7"], "192.0.2.1");
        check("10.0.0.1:5", &["198.51.100.7"], "198.51.100.7");
        check("[::ffff:10.0.0.1]:5", &["198.51.100.7"], "198.51.100.7");
        check("[2001:db8:f::1]:5", &["2001:db8:1::2"], "2001:db8:1::2");
        check("10.0.0.1:5", &[], "10.0.0.1");
    }

    #[test]
    fn the_last_that_is_no_proxy_counts_whatever_stands_before_it() {
        check("10.0.0.1:5", &["1.2.3.4, 198.51.100.7, 10.9.9.9"], "198.51.100.7");
        check("10.0.0.1:5", &["1.2.3.4", "198.51.100.7", "10.9.9.9"], "198.51.100.7");
        check("10.0.0.1:5", &["10.2.2.2, 10.3.3.3"], "10.2.2.2");
    }

    #[test]
    fn entries_that_cannot_be_read_end_the_list() {
        check("10.0.0.1:5", &["198.51.100.7, unknown"], "10.0.0.1");
        check("10.0.0.1:5", &["198.51.100.7, "], "10.0.0.1");
        check("10.0.0.1:5", &["198.51.100.7:4711"], "198.51.100.7");
        check("10.0.0.1:5", &["[2001:db8:1::2]:4711"], "2001:db8:1::2");
        check("10.0.0.1:5", &["[2001:db8:1::2]"], "2001:db8:1::2");
    }

    #[test]
    fn without_a_connection_there_is_no_address() {
        check("", &["198.51.100.7"], "::");
    }
}
