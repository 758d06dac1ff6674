//! What a `PATCH` does with one member.

/// What becomes of one member of a resource (ruling 4): nothing is merged deeper.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Change<T> {
    /// The patch does not name it: it stays.
    #[default]
    Keep,
    /// The patch names it with `null`: it goes, or becomes what it is by default.
    Clear,
    /// The patch gives it a new value.
    Set(T),
}

impl<T> Change<T> {
    /// The member after the change.
    pub fn or(self, before: Option<T>) -> Option<T> {
        match self {
            Self::Keep => before,
            Self::Clear => None,
            Self::Set(value) => Some(value),
        }
    }

    /// The member after the change, where clearing it gives its default.
    pub fn or_default(self, before: T) -> T
    where
        T: Default,
    {
        match self {
            Self::Keep => before,
            Self::Clear => T::default(),
            Self::Set(value) => value,
        }
    }

    /// The change of the same member in another form.
    pub fn map<U>(self, form: impl FnOnce(T) -> U) -> Change<U> {
        match self {
            Self::Keep => Change::Keep,
            Self::Clear => Change::Clear,
            Self::Set(value) => Change::Set(form(value)),
        }
    }

    /// The new value, if there is one.
    pub const fn set(&self) -> Option<&T> {
        match self {
            Self::Set(value) => Some(value),
            Self::Keep | Self::Clear => None,
        }
    }
}
