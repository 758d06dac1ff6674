//! The binary's entry: nothing but the call.

use std::process::ExitCode;

fn main() -> ExitCode {
    masthead::commands::main()
}
