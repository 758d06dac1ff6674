//! The demo edition, as an operator imports it beside a running site.

use masthead::import::{self, How, Outcome};

use crate::people::EDITOR;
use crate::site::Site;

impl Site {
    /// Imports the demo edition as Sela Orn, who publishes.
    #[track_caller]
    pub fn import_demo(&self, how: How) -> Outcome {
        let (file, purpose) = (self.dir().join("clock"), self.config().purpose);
        let clock = masthead::clock::told_by(&file, purpose).expect("our own clock");
        import::demo(self.config(), clock, Some(EDITOR.email), how).unwrap_or_else(|error| panic!("{error}"))
    }
}
