//! What a view that waits can be in. Our own, because Suspense and Resource cost 20 KB of Wasm.

/// Something that is fetched. "Empty" is not among the states, since only a view knows what empty
/// means for it; every view writes all four out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Load<T, E> {
    Loading,
    Ready(T),
    Failed(E),
}

impl<T, E> Load<T, E> {
    /// What was fetched, if it was.
    pub const fn ready(&self) -> Option<&T> {
        match self {
            Self::Ready(value) => Some(value),
            Self::Loading | Self::Failed(_) => None,
        }
    }
}
