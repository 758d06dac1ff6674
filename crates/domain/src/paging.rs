//! Pages of a list, forwards and backwards, by the items at their ends (keyset paging). How a list is read is the store's.

/// Where a page lies, seen from the place of an item of its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum From<P> {
    /// Behind that item.
    Behind(P),
    /// Before it. Such a page is read backwards: the items nearest to it first.
    Before(P),
}

impl<P> From<P> {
    /// The same with its place in another form.
    pub fn map<Q>(self, form: impl FnOnce(P) -> Q) -> From<Q> {
        match self {
            Self::Behind(place) => From::Behind(form(place)),
            Self::Before(place) => From::Before(form(place)),
        }
    }

    /// The same with its place in a form that it may not have.
    pub fn try_map<Q, E>(self, form: impl FnOnce(P) -> Result<Q, E>) -> Result<From<Q>, E> {
        Ok(match self {
            Self::Behind(place) => From::Behind(form(place)?),
            Self::Before(place) => From::Before(form(place)?),
        })
    }
}

/// A page, and where those beside it lie.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slice<T, P> {
    /// Its items, in the order of the list.
    pub items: Vec<T>,
    /// The page before it.
    pub prev: Option<From<P>>,
    /// The page behind it.
    pub next: Option<From<P>>,
}

impl<T, P> Slice<T, P> {
    /// The page of up to `limit` items that was read from `from`, or from the first item on. Of a list one item more is
    /// read than a page has, which tells whether there is more in that direction.
    pub fn cut(mut read: Vec<T>, limit: u16, from: Option<&From<P>>, place: impl Fn(&T) -> P) -> Self {
        let more = read.len() > usize::from(limit);
        read.truncate(limit.into());
        if let Some(From::Before(_)) = from {
            read.reverse();
        }
        let (first, last) = (read.first().map(&place), read.last().map(&place));
        let (has_prev, has_next) = match from {
            None => (false, more),
            Some(From::Behind(_)) => (true, more),
            Some(From::Before(_)) => (more, true),
        };
        let prev = first.filter(|_| has_prev).map(From::Before);
        let next = last.filter(|_| has_next).map(From::Behind);
        Self { items: read, prev, next }
    }

    /// The same page of other items.
    pub fn map<U>(self, form: impl FnMut(T) -> U) -> Slice<U, P> {
        let Self { items, prev, next } = self;
        Slice { items: items.into_iter().map(form).collect(), prev, next }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// A page of the numbers below `count`, as a store would read it.
    fn page(count: u32, limit: u16, from: Option<From<u32>>) -> Slice<u32, u32> {
        let read: Vec<_> = match from {
            None => (0..count).collect(),
            Some(From::Behind(place)) => (place + 1..count).collect(),
            Some(From::Before(place)) => (0..place).rev().collect(),
        };
        let read = read.into_iter().take(usize::from(limit) + 1).collect();
        Slice::cut(read, limit, from.as_ref(), |item| *item)
    }

    proptest! {
        #[test]
        fn a_walk_back_meets_the_pages_of_the_walk_there(count in 0_u32..60, limit in 1_u16..12) {
            let (mut there, mut from) = (Vec::new(), None);
            loop {
                let met = page(count, limit, from);
                from = met.next;
                there.push(met.items);
                if from.is_none() {
                    break;
                }
            }
            prop_assert_eq!(there.concat(), (0..count).collect::<Vec<_>>());
            let mut back = vec![there[there.len() - 1].clone()];
            let mut from = back[0].first().filter(|_| there.len() > 1).map(|first| From::Before(*first));
            while let Some(before) = from {
                let met = page(count, limit, Some(before));
                prop_assert!(met.next.is_some(), "the page that we came from");
                from = met.prev;
                back.push(met.items);
            }
            back.reverse();
            prop_assert_eq!(back, there);
        }
    }
}
