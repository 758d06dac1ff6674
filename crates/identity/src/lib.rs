//! Passwords, access tokens and refresh families.
