//! Content codings: which one a client takes (RFC 9110, 12.5.3), and the work itself.

use std::io::Write as _;

use actix_web::http::header::{ACCEPT_ENCODING, HeaderMap};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

/// Fewest octets of a body that are worth a coding: fewer go in one packet anyway.
const LEAST: usize = 512;

/// The part of its size to which a coding must bring a body, in percent.
const WORTH: usize = 75;

/// The efforts. Each body is coded once, and then sent many times.
const BROTLI_EFFORT: i32 = 6;
const ZSTD_EFFORT: i32 = 9;
const GZIP_EFFORT: u32 = 6;

/// The window of brotli as a power of two: more than bodies have.
const BROTLI_WINDOW: i32 = 22;

/// A coding, the better one first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Coding {
    Brotli,
    Zstd,
    Gzip,
}

impl Coding {
    pub(crate) const ALL: [Self; 3] = [Self::Brotli, Self::Zstd, Self::Gzip];

    /// Its name in `Content-Encoding`.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Brotli => "br",
            Self::Zstd => "zstd",
            Self::Gzip => "gzip",
        }
    }

    /// The coding that a client likes best; `None` for the body as it is. Of what it likes alike, ours decides.
    pub(crate) fn best(headers: &HeaderMap) -> Option<Self> {
        let mut weights = Weights::default();
        for value in headers.get_all(ACCEPT_ENCODING).filter_map(|value| value.to_str().ok()) {
            value.split(',').for_each(|item| weights.note(item));
        }
        weights.best()
    }

    /// A body in this coding; `None` where that is not worth it, or fails.
    pub(crate) fn code(self, octets: &[u8]) -> Option<Vec<u8>> {
        if octets.len() < LEAST {
            return None;
        }
        let coded = match self {
            Self::Brotli => brotli(octets),
            Self::Zstd => zstd::bulk::compress(octets, ZSTD_EFFORT).ok(),
            Self::Gzip => gzip(octets),
        };
        coded.filter(|coded| coded.len() <= Self::most(octets.len()))
    }

    /// Most octets of a body of so many once it is coded.
    pub(crate) const fn most(octets: usize) -> usize {
        octets / 100 * WORTH
    }
}

fn brotli(mut octets: &[u8]) -> Option<Vec<u8>> {
    let mut coded = Vec::with_capacity(octets.len() / 2);
    let parameters = BrotliEncoderParams {
        quality: BROTLI_EFFORT,
        lgwin: BROTLI_WINDOW,
        size_hint: octets.len(),
        ..BrotliEncoderParams::default()
    };
    brotli::BrotliCompress(&mut octets, &mut coded, &parameters).ok()?;
    Some(coded)
}

fn gzip(octets: &[u8]) -> Option<Vec<u8>> {
    let mut coder = GzEncoder::new(Vec::with_capacity(octets.len() / 2), Compression::new(GZIP_EFFORT));
    coder.write_all(octets).ok()?;
    coder.finish().ok()
}

/// How much a client likes each, in thousandths; `None` of what it does not name.
#[derive(Default)]
struct Weights {
    codings: [Option<u16>; 3],
    identity: Option<u16>,
    others: Option<u16>,
}

impl Weights {
    /// Notes an item of the list. One that is no coding with a weight says nothing.
    fn note(&mut self, item: &str) {
        let (name, weight) = match item.split_once(';') {
            None => (item, Some(1000)),
            Some((name, parameter)) => (name, weight(parameter)),
        };
        let Some(weight) = weight else { return };
        let is = |known: &str| name.trim().eq_ignore_ascii_case(known);
        let place = Coding::ALL.iter().position(|coding| is(coding.name()));
        if let Some(place) = place.or_else(|| is("x-gzip").then_some(2)) {
            self.codings[place] = Some(weight);
        } else if is("identity") {
            self.identity = Some(weight);
        } else if is("*") {
            self.others = Some(weight);
        }
    }

    fn best(&self) -> Option<Coding> {
        let liked = |given: Option<u16>| given.or(self.others).unwrap_or(0);
        let mut best = None;
        let mut most = self.identity.unwrap_or(0);
        for (coding, given) in Coding::ALL.into_iter().zip(self.codings) {
            let weight = liked(given);
            // The body as it is takes more of the line: of two alike the coding is better.
            if weight > most || (best.is_none() && weight > 0 && weight == most) {
                (best, most) = (Some(coding), weight);
            }
        }
        best
    }
}

/// A weight: `q=` and a number from 0 to 1 with up to three digits.
fn weight(parameter: &str) -> Option<u16> {
    let number = parameter.trim().strip_prefix("q=").or_else(|| parameter.trim().strip_prefix("Q="))?;
    let (whole, digits) = number.split_once('.').unwrap_or((number, ""));
    if digits.len() > 3 || !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let thousandths: u16 = format!("{digits:0<3}").parse().ok()?;
    match whole {
        "0" => Some(thousandths),
        "1" if thousandths == 0 => Some(1000),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use actix_web::http::header::HeaderValue;

    use super::*;

    fn best(value: &str) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_str(value).unwrap());
        Coding::best(&headers).map(Coding::name)
    }

    #[test]
    fn a_client_gets_what_it_likes_best_and_nothing_that_it_does_not_take() {
        for (value, coding) in [
            ("gzip, deflate, br, zstd", Some("br")),
            ("gzip, deflate", Some("gzip")),
            ("GZIP", Some("gzip")),
            ("x-gzip", Some("gzip")),
            ("br;q=0.5, zstd;q=0.8, gzip;q=0.501", Some("zstd")),
            ("br;q=0.5, gzip;q=0.501", Some("gzip")),
            ("br;q=0", None),
            ("br;q=0.000, gzip", Some("gzip")),
            ("*", Some("br")),
            ("*, br;q=0", Some("zstd")),
            ("*;q=0", None),
            ("identity, br;q=0.9", None),
            ("identity;q=0.5, br;q=0.5", Some("br")),
            ("identity;q=0", None),
            ("br;q=2", None),
            ("br;q=1.001", None),
            ("br;q=0.1234", None),
            ("br;q=", None),
            ("br;level=9", None),
            ("br ; q=1", Some("br")),
            ("deflate", None),
            ("", None),
            (",,;q=1,", None),
        ] {
            assert_eq!(best(value), coding, "{value}");
        }
        assert_eq!(Coding::best(&HeaderMap::new()), None);
    }

    #[test]
    fn a_body_comes_back_from_each_coding() {
        let body = "Talks will resume on 9 January. ".repeat(100).into_bytes();
        for coding in Coding::ALL {
            let coded = coding.code(&body).unwrap();
            assert!(coded.len() < body.len() / 4, "{coding:?}");
            let mut back = Vec::new();
            match coding {
                Coding::Brotli => brotli::BrotliDecompress(&mut &coded[..], &mut back).unwrap(),
                Coding::Zstd => back = zstd::bulk::decompress(&coded, body.len()).unwrap(),
                Coding::Gzip => {
                    flate2::read::GzDecoder::new(&coded[..]).read_to_end(&mut back).unwrap();
                }
            }
            assert!(back == body, "{coding:?}");
            assert_eq!(coding.code(&body[..LEAST - 1]), None, "too small");
        }
    }
}
