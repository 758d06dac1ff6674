//! The steps that decide about a comment before anybody reads it, by name and in their order. How each decides is in
//! `pipeline`.

use crate::codes::codes;

codes! {
    /// The step that decided about a comment as it came in.
    pub enum Step {
        /// The thread takes no comments.
        Closed = "closed",
        /// The text is longer than the thread takes.
        Length = "length",
        /// The writer, their domain or their network is banned.
        Ban = "ban",
        /// The same was said shortly before.
        Repeat = "repeat",
        /// Too much comes from one place.
        Flood = "flood",
        /// A field was filled in that people do not see, or the form faster than people write.
        Honeypot = "honeypot",
        /// There are more links in it than the thread takes.
        Links = "links",
        /// It holds a word of the list.
        WordList = "word_list",
        /// It is the first of this commenter.
        FirstComment = "first_comment",
        /// Nothing stood out: what the thread does with all that come in.
        Policy = "policy",
    }
}
