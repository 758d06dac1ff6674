//! Whence a request came, and by which id it is told apart.

use std::net::{IpAddr, SocketAddr};

use actix_web::dev::RequestHead;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use domain::id::RequestId;

use super::REQUEST_ID;
use crate::settings::Settings;

/// In which proxies name whom they ask for, the nearest last.
const FORWARDED_FOR: HeaderName = HeaderName::from_static("x-forwarded-for");

/// Whence a request came, as far as it can be believed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Client {
    pub(crate) address: IpAddr,
    pub(crate) request: RequestId,
}

impl Client {
    /// That of a request.
    pub(super) fn of(request: &RequestHead, settings: &Settings) -> Self {
        Self {
            address: address_of(request, &*settings.trusts),
            request: given_id(&request.headers).unwrap_or_else(|| RequestId::new(settings.ids.draw())),
        }
    }
}

/// The id that the client gave, if it is a UUID in its one spelling.
fn given_id(headers: &HeaderMap) -> Option<RequestId> {
    RequestId::parse(headers.get(REQUEST_ID)?.to_str().ok()?).ok()
}

/// The client's address: the peer's, unless that is a proxy of ours, which then names it last in `X-Forwarded-For`.
fn address_of(request: &RequestHead, trusts: &dyn Fn(IpAddr) -> bool) -> IpAddr {
    let unknown = IpAddr::from([0, 0, 0, 0]);
    let mut address = request.peer_addr.map_or(unknown, |peer| peer.ip().to_canonical());
    // Of most nodes nobody is trusted: nothing is looked for then.
    if !trusts(address) {
        return address;
    }
    // What is no text is no address, and takes nothing from what our proxy wrote behind it.
    let lossy = |value: &HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    let named: Vec<_> = request.headers.get_all(FORWARDED_FOR).map(lossy).collect();
    for hop in named.iter().rev().flat_map(|value| value.rsplit(',')).map(str::trim) {
        if !trusts(address) {
            break;
        }
        let Some(named) = hop_address(hop) else { break };
        address = named.to_canonical();
    }
    address
}

/// The address of a hop, which some proxies write with its port.
fn hop_address(hop: &str) -> Option<IpAddr> {
    let with_port = || hop.parse::<SocketAddr>().ok().map(|address| address.ip());
    let in_brackets = || hop.strip_prefix('[')?.strip_suffix(']')?.parse().ok();
    hop.parse().ok().or_else(with_port).or_else(in_brackets)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hop_is_an_address_with_or_without_its_port() {
        for (hop, address) in [
            ("192.0.2.7", "192.0.2.7"),
            ("192.0.2.7:5678", "192.0.2.7"),
            ("2001:db8::7", "2001:db8::7"),
            ("[2001:db8::7]", "2001:db8::7"),
            ("[2001:db8::7]:80", "2001:db8::7"),
        ] {
            assert_eq!(hop_address(hop), address.parse().ok(), "{hop}");
        }
        for hop in ["", "unknown", "_hidden", "192.0.2.7:", "192.0.2", "[192.0.2.7"] {
            assert_eq!(hop_address(hop), None, "{hop}");
        }
    }
}
