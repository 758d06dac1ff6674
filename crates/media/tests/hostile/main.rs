//! Bytes that nobody's camera wrote: whatever a file holds, it is read in no time, into little memory, without a panic.

#![expect(clippy::expect_used, reason = "what fails here fails the test")]

mod bombs;
mod mutations;
mod parts;
