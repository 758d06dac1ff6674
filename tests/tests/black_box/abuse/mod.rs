//! What an attacker tries: the cases of docs/security.md, sent over a socket.

mod bodies;
mod credentials;
mod guessing;
mod leaks;
mod oracles;
mod passwords;
mod refresh;
mod rights;
mod sessions;
mod spellings;
mod story;
mod texts;
mod tokens;
