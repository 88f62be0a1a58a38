//! Sets of classes of the lexicon, which are asked for many times for each word of a text.

/// The maximum number of classes in a catalogue, including the built-in ones.
pub const MAX_CLASSES: usize = 256;

/// The index of a class in the lexicon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClassId(pub u8);

/// A set of classes, a bit for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct ClassSet([u64; MAX_CLASSES / 64]);

impl ClassSet {
    /// Returns the set of one class.
    #[inline]
    pub fn one(class: ClassId) -> Self {
        let mut set = Self::default();
        set.insert(class);
        set
    }

    /// Adds a class.
    #[inline]
    pub fn insert(&mut self, class: ClassId) {
        self.0[usize::from(class.0) / 64] |= 1 << (class.0 % 64);
    }

    /// Removes a class.
    #[inline]
    pub fn remove(&mut self, class: ClassId) {
        self.0[usize::from(class.0) / 64] &= !(1 << (class.0 % 64));
    }

    /// Adds every class of another set.
    #[inline]
    pub fn extend(&mut self, other: Self) {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        self.0 = [a | e, b | f, c | g, d | h];
    }

    /// Returns whether the set has a class.
    #[inline]
    pub fn has(self, class: ClassId) -> bool {
        self.0[usize::from(class.0) / 64] >> (class.0 % 64) & 1 == 1
    }

    /// Returns whether the set has every class of another set.
    #[inline]
    pub fn has_all(self, other: Self) -> bool {
        other.without(self).is_empty()
    }

    /// Returns whether the set shares a class with another set.
    #[inline]
    pub fn has_any(self, other: Self) -> bool {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        (a & e) | (b & f) | (c & g) | (d & h) != 0
    }

    /// Returns the set without the classes of another set.
    #[inline]
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        let ([a, b, c, d], [e, f, g, h]) = (self.0, other.0);
        Self([a & !e, b & !f, c & !g, d & !h])
    }

    /// Returns whether the set is empty.
    #[inline]
    pub fn is_empty(self) -> bool {
        let [a, b, c, d] = self.0;
        a | b | c | d == 0
    }

    /// Iterates over the classes in order.
    pub fn iter(self) -> impl Iterator<Item = ClassId> {
        self.0.into_iter().zip((0..=u8::MAX).step_by(64)).flat_map(|(part, first)| {
            let left = |part: u64| (part != 0).then_some(part);
            let parts = std::iter::successors(left(part), move |part| left(part & (part - 1)));
            parts.map(move |part| ClassId(first + part.trailing_zeros() as u8)) // at most 63
        })
    }
}
