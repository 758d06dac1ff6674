//! The use cases of people who write.
