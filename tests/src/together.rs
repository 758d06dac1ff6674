//! Many at once: what several clients do in the same moment.

use std::sync::Barrier;
use std::thread;

/// Has `n` threads do `deed` at once, each with its number, and gives what came of it in their order.
///
/// # Panics
///
/// Where one of them panics.
#[track_caller]
pub fn together<T: Send>(n: usize, deed: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let start = Barrier::new(n);
    let (start, deed) = (&start, &deed);
    thread::scope(|scope| {
        let all: Vec<_> = (0..n)
            .map(|i| {
                scope.spawn(move || {
                    start.wait();
                    deed(i)
                })
            })
            .collect();
        all.into_iter().map(|one| one.join().expect("each has done its part")).collect()
    })
}
