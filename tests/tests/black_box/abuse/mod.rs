//! What an attacker tries: the cases of docs/security.md, sent over a socket.

mod bodies;
mod credentials;
mod echoes;
mod guessing;
mod leaks;
mod members;
mod once;
mod oracles;
mod password_sizes;
mod passwords;
mod pictures;
mod queries;
mod races;
mod refresh;
mod rights;
mod sessions;
mod slow;
mod spellings;
mod storage;
pub(crate) mod story;
mod texts;
mod times;
mod tokens;
