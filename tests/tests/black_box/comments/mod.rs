//! Comments: readers hand them in, moderators decide, and threads show what they let through.

mod closing;
mod counts;
mod desk;
mod own;
mod privacy;
mod reports;
mod threads;
