//! The binary's entry: nothing but the call.

use std::process::ExitCode;

/// A save makes and drops some hundred small strings, and half of them on another thread than the one that made them.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    masthead::commands::main()
}
