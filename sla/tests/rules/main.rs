//! The rules seen from outside, in one binary: golden vectors, and properties held against real
//! time zones and a slow oracle.

#[cfg(test)]
mod clocks;
#[cfg(test)]
mod generators;
#[cfg(test)]
mod hours;
#[cfg(test)]
mod oracle;
#[cfg(test)]
mod real_zones;
#[cfg(test)]
mod slices;
#[cfg(test)]
mod vectors;
