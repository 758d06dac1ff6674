//! Whom a ban meets: an address, a domain with all below it, or a range of network addresses. Why is not here.

use std::fmt;
use std::net::IpAddr;

use super::email::{CanonicalEmail, CommenterEmail, EmailHost};
use crate::codes::codes;
use crate::time::Moment;
use crate::violation::{Rule, Violation};

codes! {
    /// What a ban names.
    pub enum BanKind {
        /// One mailbox, however it is spelled.
        Email = "email",
        /// A domain of email addresses, with all domains in it.
        Domain = "domain",
        /// A network address, or a range of them (CIDR).
        Network = "network",
    }
}

/// Whom a ban meets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BanPattern {
    /// Who writes from this mailbox. The store keeps a keyed hash of it only, so that it outlives an erasure.
    Email(CanonicalEmail),
    /// Whose address lies in this domain or in one below it.
    Domain(EmailHost),
    /// Who comes from this range of addresses.
    Network(Network),
}

impl BanPattern {
    /// Parses what a moderator gives.
    pub fn parse(kind: BanKind, raw: &str) -> Result<Self, Violation> {
        match kind {
            BanKind::Email => CommenterEmail::parse(raw).map(|email| Self::Email(email.canonical())),
            BanKind::Domain => EmailHost::parse(raw.trim().trim_start_matches('@')).map(Self::Domain),
            BanKind::Network => Network::parse(raw).map(Self::Network),
        }
    }

    /// Whether it meets somebody with this email who comes from `address`.
    pub fn meets(&self, email: &CommenterEmail, address: IpAddr) -> bool {
        match self {
            Self::Email(banned) => *banned == email.canonical(),
            Self::Domain(banned) => email.host().suffixes().any(|domain| domain == banned.as_str()),
            Self::Network(banned) => banned.contains(address),
        }
    }
}

/// Whether a ban until `until` (`None`: for ever) is in force at `now`.
pub fn is_in_force(until: Option<Moment>, now: Moment) -> bool {
    until.is_none_or(|until| now < until)
}

/// A range of network addresses: those that begin with the same bits (CIDR, RFC 4632). IPv4 addresses written as IPv6
/// ones (`::ffff:192.0.2.1`) are IPv4 addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Network {
    first: IpAddr,
    bits: u8,
}

impl Network {
    /// Widest range of IPv4: what one provider of access has at most in one piece. A slip of a digit bans no continent.
    pub const MIN_BITS_V4: u8 = 8;
    /// Widest range of IPv6: what a registry gives to one provider.
    pub const MIN_BITS_V6: u8 = 19;

    /// Parses `192.0.2.0/24`, `2001:db8::/48` or one address. What follows the first bits is dropped, as a moderator
    /// copies an address out of a comment and adds a length.
    pub fn parse(raw: &str) -> Result<Self, Violation> {
        let malformed =
            || Violation::new(Rule::BadFormat, "must be an address or a range such as 192.0.2.0/24");
        let (address, length) = match raw.trim().split_once('/') {
            Some((address, length)) => (address, Some(length)),
            None => (raw.trim(), None),
        };
        let given: IpAddr = address.parse().map_err(|_| malformed())?;
        let address = given.to_canonical();
        let width = width(address);
        let bits = match length {
            None => width,
            Some(digits) if digits.len() <= 3 && digits.bytes().all(|b| b.is_ascii_digit()) => {
                let bits: u8 = digits.parse().map_err(|_| malformed())?;
                // Of an IPv4 address in the clothes of IPv6, the length counts the clothes too.
                bits.checked_sub(self::width(given) - width)
                    .filter(|bits| *bits <= width)
                    .ok_or_else(malformed)?
            }
            Some(_) => return Err(malformed()),
        };
        let least = if address.is_ipv4() { Self::MIN_BITS_V4 } else { Self::MIN_BITS_V6 };
        if bits < least {
            return Err(Violation::new(
                Rule::OutOfRange,
                format!("must have {least} bits or more in common"),
            ));
        }
        Ok(Self { first: cut(address, bits), bits })
    }

    /// The range that one reader may be taken to write from: their IPv4 address, or the 64 bits that a provider gives to a
    /// household of IPv6.
    pub fn of_reader(address: IpAddr) -> Self {
        let address = address.to_canonical();
        let bits = width(address).min(64);
        Self { first: cut(address, bits), bits }
    }

    /// Whether `address` lies in it.
    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        address.is_ipv4() == self.first.is_ipv4() && cut(address, self.bits) == self.first
    }

    /// Whether it is one address and no range.
    pub fn is_single(&self) -> bool {
        self.bits == width(self.first)
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.bits)
    }
}

const fn width(address: IpAddr) -> u8 {
    if address.is_ipv4() { 32 } else { 128 }
}

/// The address with nothing but its first `bits`.
fn cut(address: IpAddr, bits: u8) -> IpAddr {
    match address {
        IpAddr::V4(address) => {
            let mask = u32::MAX.checked_shl(32 - u32::from(bits)).unwrap_or(0);
            IpAddr::from((u32::from(address) & mask).to_be_bytes())
        }
        IpAddr::V6(address) => {
            let mask = u128::MAX.checked_shl(128 - u32::from(bits)).unwrap_or(0);
            IpAddr::from((u128::from(address) & mask).to_be_bytes())
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn meets(kind: BanKind, pattern: &str, email: &str, address: &str) -> bool {
        let email = CommenterEmail::parse(email).unwrap();
        BanPattern::parse(kind, pattern).unwrap().meets(&email, address.parse().unwrap())
    }

    // abuse: CM-07
    #[test]
    fn a_ban_meets_every_spelling() {
        for spelling in ["Kai.R+x@Spam.Example", "KAI.R@spam.example", "kai.r@spam。example"] {
            assert!(meets(BanKind::Email, "kai.r@spam.example", spelling, "192.0.2.1"), "{spelling}");
        }
        for (pattern, email, met) in [
            ("spam.example", "kai@spam.example", true),
            ("@SPAM.example", "kai@a.b.spam.example", true),
            ("spam.example", "kai@notspam.example", false),
            ("mail.spam.example", "kai@spam.example", false),
            ("bücher.example", "kai@xn--bcher-kva.example", true),
        ] {
            assert_eq!(meets(BanKind::Domain, pattern, email, "192.0.2.1"), met, "{pattern} {email}");
        }
        for (pattern, address, met) in [
            ("192.0.2.0/24", "192.0.2.255", true),
            ("192.0.2.77/24", "::ffff:192.0.2.1", true),
            ("::ffff:192.0.2.0/120", "192.0.2.9", true),
            ("192.0.2.0/24", "192.0.3.0", false),
            ("192.0.2.1", "192.0.2.2", false),
            ("2001:db8:1::/48", "2001:db8:1:ffff::1", true),
            ("2001:db8:1::/48", "2001:db8:2::1", false),
            ("192.0.2.0/24", "2001:db8::1", false),
        ] {
            assert_eq!(
                meets(BanKind::Network, pattern, "kai@varn.example", address),
                met,
                "{pattern} {address}"
            );
        }
    }

    #[test]
    fn a_pattern_that_would_meet_everybody_is_refused() {
        for raw in ["0.0.0.0/0", "10.0.0.0/7", "::/0", "2000::/3", "::ffff:0.0.0.0/96"] {
            assert_eq!(Network::parse(raw).unwrap_err().rule, Rule::OutOfRange, "{raw}");
        }
        for raw in [
            "",
            "192.0.2",
            "192.0.2.1/33",
            "192.0.2.1/-1",
            "192.0.2.1/+8",
            "::ffff:1.2.3.4/24",
            "a/8",
            "1.2.3.4/",
        ] {
            assert_eq!(Network::parse(raw).unwrap_err().rule, Rule::BadFormat, "{raw}");
        }
        for raw in ["example", "", "*.example", ".", "@"] {
            assert!(BanPattern::parse(BanKind::Domain, raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn a_ban_ends() {
        let at = |raw: &str| Moment::parse(raw).unwrap();
        let until = at("2026-01-01T12:00:00Z");
        assert!(is_in_force(None, until) && is_in_force(Some(until), at("2026-01-01T11:59:59.999Z")));
        assert!(!is_in_force(Some(until), until));
    }

    proptest! {
        #[test]
        fn a_range_contains_what_it_was_made_of_and_is_read_back(octets: [u8; 16], bits in 19..=128_u8, v4: bool) {
            let (address, bits) = if v4 { (IpAddr::from([octets[0], octets[1], octets[2], octets[3]]), bits.min(32)) } else { (IpAddr::from(octets), bits) };
            prop_assume!(address.to_canonical() == address);
            let range = Network::parse(&format!("{address}/{bits}")).unwrap();
            prop_assert!(range.contains(address));
            let single = Network::parse(&address.to_string()).unwrap();
            prop_assert!(single.is_single() && single.contains(address));
            if !matches!(range.first, IpAddr::V6(first) if first.to_ipv4_mapped().is_some()) {
                prop_assert_eq!(Network::parse(&range.to_string()), Ok(range));
            }
            prop_assert!(Network::of_reader(address).contains(address));
        }
    }
}
