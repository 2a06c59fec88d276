//! A value that views follow. Leptos' signals without their arena: every type that an arena holds
//! brings its own copy of the arena's code into the Wasm, this brings next to none.

use leptos::{
    prelude::{ArcTrigger, Notify, Track},
    reactive::graph::untrack,
};
use std::{
    cell::{Cell, Ref, RefCell},
    rc::Rc,
};

/// A shared value. Reading it inside a live part of a [`super::node::Node`] makes that part follow.
pub struct Var<T>(Rc<Inner<T>>);

struct Inner<T> {
    value: RefCell<T>,
    pulse: Pulse,
}

/// What is the same for values of all types, and so there once.
struct Pulse {
    version: Cell<u32>,
    changed: ArcTrigger,
}

impl Pulse {
    fn new() -> Self {
        Self { version: Cell::new(0), changed: ArcTrigger::new() }
    }

    fn follow(&self) {
        self.changed.track();
    }

    fn beat(&self) {
        self.version.set(self.version.get().wrapping_add(1));
        self.changed.notify();
    }
}

impl<T> Clone for Var<T> {
    fn clone(&self) -> Self {
        Self(Rc::clone(&self.0))
    }
}

impl<T> Var<T> {
    pub fn new(value: T) -> Self {
        Self(Rc::new(Inner { value: RefCell::new(value), pulse: Pulse::new() }))
    }

    /// The value, followed. It must not be held over a change.
    pub fn read(&self) -> Ref<'_, T> {
        self.0.pulse.follow();
        self.0.value.borrow()
    }

    /// The value as it is now, not followed. It must not be held over a change.
    pub fn peek(&self) -> Ref<'_, T> {
        self.0.value.borrow()
    }

    /// How often it was set; followed. For values that are too large to compare.
    pub fn version(&self) -> u32 {
        self.0.pulse.follow();
        self.0.pulse.version.get()
    }

    pub fn set(&self, value: T) {
        // The value before is dropped after the borrow has ended: dropping may read.
        let before = self.0.value.replace(value);
        drop(before);
        self.0.pulse.beat();
    }

    /// Changes the value in place. `change` must not read this value by another way.
    pub fn update(&self, change: impl FnOnce(&mut T)) {
        change(&mut self.0.value.borrow_mut());
        self.0.pulse.beat();
    }
}

impl<T: Clone> Var<T> {
    /// A copy of the value, followed.
    #[must_use]
    pub fn get(&self) -> T {
        self.read().clone()
    }
}

impl<T: Default> Default for Var<T> {
    fn default() -> Self {
        Self::new(T::default())
    }
}

/// Runs something that reads without following.
pub fn unfollowed<T>(run: &dyn Fn() -> T) -> T {
    untrack(run)
}
