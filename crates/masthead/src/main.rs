//! The binary's entry: nothing but the call.

fn main() {}
