//! Comments: readers hand them in, moderators decide, and threads show what they let through.

mod threads;
