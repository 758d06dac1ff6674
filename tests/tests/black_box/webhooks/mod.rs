//! Webhooks: told of what is committed, in order, until they take it; to no address inside, and by no secret that gets out.

mod documented;
mod hostile;
mod keep;
mod order;
mod retries;
mod secrets;
mod targets;
mod told;
