//! The harness of the black-box tests: sites with a real server on a real socket, people who act on them as HTTP
//! clients, and the rules that every answer must keep. It speaks HTTP only; of the server it knows how to start it.
//!
//! ```text
//! on_both! {
//!     fn a_reporter_may_not_publish(site: &Site) {
//!         let story = site.reporter().post("/v1/editorial/articles", json!({"headline": "Reef recovers"})).ok();
//!         site.reporter().act(&story, "publish", json!({})).refused(403, "forbidden");
//!     }
//! }
//! ```

pub mod answer;
pub mod articles;
pub mod between;
pub mod bombs;
pub mod bucket;
pub mod cdn;
pub mod client;
pub mod comments;
pub mod contract;
pub mod database;
mod demo;
mod doctor;
pub mod events;
pub mod forge;
pub mod fronts;
pub mod house_rules;
pub mod log;
mod on_both;
pub mod people;
pub mod pictures;
pub mod postgres;
pub mod raw;
pub mod receiver;
pub mod request;
pub mod scratch;
pub mod secured;
pub mod site;
pub mod spans;
pub mod streaming;
pub mod together;
pub mod trace;
pub mod webhooks;
pub mod writes;
