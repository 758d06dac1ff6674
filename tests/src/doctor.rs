//! The doctor, whom an operator calls beside a running site.

use masthead::doctor::{self, Checkup};

use crate::site::Site;

impl Site {
    /// What the doctor finds.
    #[track_caller]
    pub fn checkup(&self) -> Checkup {
        doctor::check(self.config()).unwrap_or_else(|error| panic!("{error}"))
    }
}
