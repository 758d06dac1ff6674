//! How much work something is, for the tests of sources that were made to be costly.

use std::time::Duration;

use rustix::time::{ClockId, clock_gettime};

/// How long it takes of the processor's time on this thread, which other work of the machine does not lengthen: the least of
/// three.
pub(super) fn effort(work: impl Fn()) -> Duration {
    let spent = || Duration::try_from(clock_gettime(ClockId::ThreadCPUTime)).unwrap();
    let once = |_| {
        let before = spent();
        work();
        spent().saturating_sub(before)
    };
    (0..3).map(once).min().unwrap()
}
