//! Closures behind a pointer. The table of a `dyn Fn` holds three functions for each closure, of which
//! one is ever called; a table of ours holds that one.

/// Something to do, or to find out, whenever it is wanted.
pub trait Ask<T = ()> {
    fn ask(&self) -> T;
}

impl<T, F: Fn() -> T> Ask<T> for F {
    fn ask(&self) -> T {
        self()
    }
}

/// Somebody who is told a value whenever there is one.
pub trait Tell<T> {
    fn tell(&self, value: T);
}

impl<T, F: Fn(T)> Tell<T> for F {
    fn tell(&self, value: T) {
        self(value);
    }
}
