//! The formats as filters: a template's module says `use web::view::filters;` and the template writes `{{ fee|money }}`.

// `filter_fn` turns each function into a struct and leaves its comment behind.
#![allow(missing_docs)]

use askama::{Result, Values};
use domain::time::{Day, Instant};

use crate::view::format;

/// A whole number, or a reference to one, as templates hand them over.
pub trait Number {
    /// The number; one too large for the type is the largest.
    fn number(&self) -> i64;
}

/// A point in time, or a reference to one, as templates hand them over.
pub trait Moment {
    /// The day in Vietnam.
    fn day(&self) -> Day;
    /// With the time of day where it is known: `14:05 22/11/2026`.
    fn written(&self) -> String;
}

macro_rules! numbers {
    ($($kind:ty),*) => { $(impl Number for $kind {
        fn number(&self) -> i64 {
            i64::try_from(*self).unwrap_or(i64::MAX)
        }
    })* };
}

numbers!(u8, u16, u32, u64, usize, i32, i64);

impl<N: Number + ?Sized> Number for &N {
    fn number(&self) -> i64 {
        (**self).number()
    }
}

impl Moment for Day {
    fn day(&self) -> Day {
        *self
    }

    fn written(&self) -> String {
        self.vietnamese()
    }
}

impl Moment for Instant {
    fn day(&self) -> Day {
        Instant::day(*self)
    }

    fn written(&self) -> String {
        self.vietnamese()
    }
}

impl<M: Moment + ?Sized> Moment for &M {
    fn day(&self) -> Day {
        (**self).day()
    }

    fn written(&self) -> String {
        (**self).written()
    }
}

/// A count: `1.234`.
#[askama::filter_fn]
pub fn count(number: impl Number, _: &dyn Values) -> Result<String> {
    Ok(domain::text::group_digits(number.number(), '.'))
}

/// An amount of money in đồng: `50.000 đồng`.
#[askama::filter_fn]
pub fn money(dong: impl Number, _: &dyn Values) -> Result<String> {
    Ok(format::money(dong.number()))
}

/// The size of a file: `1,2 MB`.
#[askama::filter_fn]
pub fn size(bytes: impl Number, _: &dyn Values) -> Result<String> {
    Ok(format::size(u64::try_from(bytes.number()).unwrap_or_default()))
}

/// A day: `22/11/2026`.
#[askama::filter_fn]
pub fn day(moment: impl Moment, _: &dyn Values) -> Result<String> {
    Ok(moment.day().vietnamese())
}

/// A moment: `14:05 22/11/2026`, or the day where the time is not known.
#[askama::filter_fn]
pub fn time(moment: impl Moment, _: &dyn Values) -> Result<String> {
    Ok(moment.written())
}
