//! Reads what requests carry: bodies, queries and headers, strictly and with all faults at once.

pub(crate) mod body;
pub(crate) mod canonical;
pub(crate) mod conditional;
pub(crate) mod json;
pub(crate) mod members;
pub(crate) mod path;
pub(crate) mod query;
pub(crate) mod reading;
pub(crate) mod request;
pub(crate) mod upload;
