//! The words in which two texts differ, for a cost that has a bound whatever the texts are.

use similar::{Algorithm, DiffOp};
use unicode_segmentation::UnicodeSegmentation;

use super::{Run, RunChange};

/// How much comparing one difference may still do, in steps of the algorithm. Past it the part of a text between its
/// equal ends is told as replaced, which is true, though coarse.
#[derive(Debug)]
pub(super) struct Effort(usize);

impl Effort {
    /// Comparing costs at most the square of the words that two texts have together: this much is some 7,000 words that
    /// have nothing in common, or 60 paragraphs of 500; a tenth of a second.
    const STEPS: usize = 50_000_000;

    pub(super) const fn of_one_difference() -> Self {
        Self(Self::STEPS)
    }

    /// Takes what comparing so many words may cost; false where that is not left.
    fn take(&mut self, words: usize) -> bool {
        let left = self.0.checked_sub(words.saturating_mul(words));
        self.0 = left.unwrap_or(self.0);
        left.is_some()
    }
}

/// The runs of words that lead from one text to the other.
pub(super) fn between(before: &str, after: &str, effort: &mut Effort) -> Vec<Run> {
    let old: Vec<_> = before.split_word_bounds().collect();
    let new: Vec<_> = after.split_word_bounds().collect();
    let head = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(old, new)| old == new);
    let tail = tail.count();
    let (old_middle, new_middle) = (&old[head..old.len() - tail], &new[head..new.len() - tail]);
    let mut runs = Runs::default();
    runs.push(RunChange::Equal, &old[..head]);
    if old_middle.is_empty() || new_middle.is_empty() || !effort.take(old_middle.len() + new_middle.len()) {
        runs.push(RunChange::Deleted, old_middle);
        runs.push(RunChange::Inserted, new_middle);
    } else {
        for step in similar::capture_diff_slices(Algorithm::Myers, old_middle, new_middle) {
            runs.follow(step, old_middle, new_middle);
        }
    }
    runs.push(RunChange::Equal, &old[old.len() - tail..]);
    runs.0
}

#[derive(Default)]
struct Runs(Vec<Run>);

impl Runs {
    fn follow(&mut self, step: DiffOp, old: &[&str], new: &[&str]) {
        let (was, is) = (&old[step.old_range()], &new[step.new_range()]);
        if let DiffOp::Equal { .. } = step {
            self.push(RunChange::Equal, was);
        } else {
            self.push(RunChange::Deleted, was);
            self.push(RunChange::Inserted, is);
        }
    }

    fn push(&mut self, change: RunChange, words: &[&str]) {
        if words.is_empty() {
            return;
        }
        match self.0.last_mut() {
            Some(last) if last.change == change => words.iter().for_each(|word| last.text.push_str(word)),
            _ => self.0.push(Run { change, text: words.concat() }),
        }
    }
}
