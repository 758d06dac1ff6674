//! The binary: configuration, commands, start and stop.
