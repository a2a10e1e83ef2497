//! The gate of addresses: only machines of the public internet are asked, by name, by literal and after each redirect.
//!
//! Invariant: a name is resolved once, and the connection goes to an address that passed. The client's resolver is not
//! asked for literals, so [`refuse_literal`] must be, at each hop.

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use url::{Host, Url};

/// Says that a name or literal leads to an address that is not public.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotPublic(pub IpAddr);

impl fmt::Display for NotPublic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is no public address", self.0)
    }
}

impl std::error::Error for NotPublic {}

/// Resolves names by the system, and yields only the addresses that may be asked.
pub struct Gate {
    /// Private addresses pass too: for servers on the own machine.
    pub allow_private: bool,
}

impl Resolve for Gate {
    fn resolve(&self, name: Name) -> Resolving {
        let allow_private = self.allow_private;
        Box::pin(async move {
            let found: Vec<SocketAddr> = tokio::net::lookup_host((name.as_str(), 0)).await?.collect();
            let passed: Vec<SocketAddr> =
                found.iter().copied().filter(|address| allow_private || is_public(address.ip())).collect();
            match (passed.is_empty(), found.first()) {
                (true, Some(address)) => Err(NotPublic(address.ip()).into()),
                _ => Ok(Box::new(passed.into_iter()) as Addrs),
            }
        })
    }
}

/// Answers the address that a URL names literally when that is not public.
pub fn refuse_literal(url: &Url) -> Option<NotPublic> {
    let address = match url.host()? {
        Host::Domain(_) => return None,
        Host::Ipv4(address) => IpAddr::V4(address),
        Host::Ipv6(address) => IpAddr::V6(address),
    };
    (!is_public(address)).then_some(NotPublic(address))
}

/// Says whether an address belongs to the public internet (IANA special-purpose registries).
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => match embedded(address) {
            Some(inner) => is_public_v4(inner),
            // Only 2000::/3 is given out; in it, documentation and the ranges for benchmarks and protocols.
            None => {
                let [first, second, ..] = address.segments();
                first & 0xe000 == 0x2000
                    && !(first == 0x2001 && (second < 0x0200 || second == 0x0db8))
                    && first != 0x3fff
            }
        },
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    !(address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || a == 0
        || a >= 224
        || (a == 100 && b & 0xc0 == 64)
        || (a == 192 && b == 0 && c == 0)
        || (a == 198 && b & 0xfe == 18))
}

/// Returns the IPv4 address inside an IPv6 address: mapped, compatible, NAT64 or 6to4.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let octets = address.octets();
    let v4 = |at: usize| Ipv4Addr::new(octets[at], octets[at + 1], octets[at + 2], octets[at + 3]);
    match address.segments() {
        [0, 0, 0, 0, 0, 0xffff | 0, ..] | [0x64, 0xff9b, 0, 0, 0, 0, ..] => Some(v4(12)),
        [0x2002, ..] => Some(v4(2)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_addresses_pass() {
        for (address, public) in [
            ("8.8.8.8", true),
            ("103.1.2.3", true),
            ("127.0.0.1", false),
            ("10.1.2.3", false),
            ("172.31.0.1", false),
            ("192.168.1.1", false),
            ("169.254.169.254", false),
            ("100.100.0.1", false),
            ("0.0.0.0", false),
            ("198.19.0.1", false),
            ("224.0.0.1", false),
            ("255.255.255.255", false),
            ("::1", false),
            ("::", false),
            ("::ffff:127.0.0.1", false),
            ("::ffff:8.8.8.8", true),
            ("64:ff9b::10.0.0.1", false),
            ("2002:7f00:1::", false),
            ("fe80::1", false),
            ("fd00::1", false),
            ("2001:db8::1", false),
            ("2402:800::1", true),
        ] {
            assert_eq!(is_public(address.parse().expect("an address")), public, "{address}");
        }
    }

    #[test]
    fn literals_in_any_spelling_are_refused() {
        for url in
            ["http://127.0.0.1/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/", "http://[::ffff:a00:1]/"]
        {
            assert!(refuse_literal(&Url::parse(url).expect("a URL")).is_some(), "{url}");
        }
        assert!(refuse_literal(&Url::parse("http://bao.example/").expect("a URL")).is_none());
    }
}
