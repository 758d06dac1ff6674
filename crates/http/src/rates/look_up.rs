//! The look-up of an API key at a gate, where it lets in: what is not known to be good is counted by its network before that.

use actix_web::dev::ServiceRequest;
use domain::actor::Actor;

use super::keys::{Hash, Known, Presented, Said};
use super::meter::Who;
use super::{Class, Classes, Rates, network_of, of};
use crate::problem::Problem;
use crate::problem::catalogue::Code;

/// A key that is being looked up.
pub(crate) struct LookUp {
    rates: Rates,
    hash: Hash,
    at_s: u32,
    /// What was counted before that.
    counted: Option<(Class, Who)>,
}

/// Whether a request is counted already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    Already,
    NotYet,
}

impl Classes {
    /// Begins to look up the API key that a request presents, if it presents one.
    pub(crate) fn look_up(self, request: &ServiceRequest) -> Result<Option<LookUp>, Problem> {
        let Some(Presented { hash, .. }) = Presented::by(request.headers()) else { return Ok(None) };
        let rates = of(request)?;
        let at_s = rates.now_s();
        let counted = match (rates.0.keys.known(&hash, at_s), self.asked(request)) {
            (Known::Wrong | Known::Nothing, Some(class)) => {
                let network = network_of(request)?;
                rates.charge(request, class, network, at_s)?;
                Some((class, network))
            }
            (Known::Wrong | Known::Nothing, None) | (Known::Good(_) | Known::Before, _) => None,
        };
        Ok(Some(LookUp { rates: rates.clone(), hash, at_s, counted }))
    }
}

impl LookUp {
    /// Takes down what was found. Who acts with a key that is good is counted as themselves, and not by their network.
    pub(crate) fn end(self, found: &Result<Actor, Problem>) -> Counted {
        let Self { rates, hash, at_s, counted } = self;
        let said = match found {
            Ok(actor) => Said::of(actor),
            Err(problem) if problem.code() == Code::Unauthenticated => Said::Wrong,
            Err(_) => Said::Nothing,
        };
        rates.0.keys.learn(&hash, said, at_s);
        match (counted, found) {
            (Some((class, network)), Ok(_)) => {
                rates.give_back(class, network, at_s);
                Counted::NotYet
            }
            (Some(_), Err(_)) => Counted::Already,
            (None, _) => Counted::NotYet,
        }
    }
}
