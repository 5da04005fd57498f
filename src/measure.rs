//! Lengths, in scaled points.
//!
//! Enters: points, or a measure as an author writes it (`11pt`, `148mm`, `5.5in`, `1.5em`).
//! Leaves: [`Length`], a whole number of scaled points (1/65,536 pt, as in TeX: Knuth, *The
//! TeXbook*, chapter 10), or [`Short`], the same in half the room. Promise: sums are exact, so a page's lines stand on its grid to the last
//! bit and layouts are the same on every machine; floats appear only when a length is read or drawn.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Div, Mul, Neg, Sub, SubAssign};

/// A length in scaled points: 65,536 to the (PostScript) point, 72 points to the inch.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Length(i64);

const PER_POINT: f64 = 65_536.0;

impl Length {
    /// No length.
    pub const ZERO: Length = Length(0);
    /// Longer than any page; still safe to add to itself. No length that is read, scaled or multiplied is longer.
    pub const MAX: Length = Length(i64::MAX / 4);

    /// From points, rounded to the nearest scaled point; not a number gives zero.
    #[must_use]
    pub fn pt(points: f64) -> Self {
        Length::rounded(points * PER_POINT)
    }

    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates, which is what a measure wants")]
    fn rounded(scaled: f64) -> Self {
        // Half away from zero, as `round` does, but without a call into the machine's library: layout
        // comes here for every glyph.
        Length(((scaled + 0.5_f64.copysign(scaled)) as i64).clamp(-Self::MAX.0, Self::MAX.0))
    }

    /// From scaled points.
    #[must_use]
    pub const fn sp(scaled: i64) -> Self {
        Length(scaled)
    }

    /// From millimetres.
    #[must_use]
    pub fn mm(millimetres: f64) -> Self {
        Length::pt(millimetres * 72.0 / 25.4)
    }

    /// From inches.
    #[must_use]
    pub fn inch(inches: f64) -> Self {
        Length::pt(inches * 72.0)
    }

    /// In points.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "pages are far below 2^53 scaled points")]
    pub fn to_pt(self) -> f64 {
        self.0 as f64 / PER_POINT
    }

    /// In scaled points.
    #[must_use]
    pub const fn to_sp(self) -> i64 {
        self.0
    }

    /// This length times a factor, rounded to the nearest scaled point.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "pages are far below 2^53 scaled points")]
    pub fn scale(self, factor: f64) -> Self {
        Length::rounded(self.0 as f64 * factor)
    }

    /// `self / other` as a number; zero when `other` is zero.
    #[must_use]
    pub fn ratio(self, other: Length) -> f64 {
        if other.0 == 0 { 0.0 } else { self.to_pt() / other.to_pt() }
    }

    /// The least whole number of `step`s that is not less than this, as a length.
    #[must_use]
    pub fn round_up_to(self, step: Length) -> Self {
        if step.0 <= 0 {
            return self;
        }
        Length(self.0.div_euclid(step.0) * step.0 + if self.0.rem_euclid(step.0) == 0 { 0 } else { step.0 })
    }

    /// The size of the difference from zero.
    #[must_use]
    pub fn abs(self) -> Self {
        Length(self.0.abs())
    }
}

impl fmt::Debug for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl fmt::Display for Length {
    /// Points with two decimals at most: `11pt`, `13.75pt`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.2}", self.to_pt());
        write!(f, "{}pt", text.trim_end_matches('0').trim_end_matches('.'))
    }
}

impl Add for Length {
    type Output = Length;
    /// Wraps beyond the sum of four of the longest, which nothing comes to: to stop there instead takes several
    /// times as many instructions, and layout does little else than add.
    fn add(self, other: Length) -> Length {
        Length(self.0.wrapping_add(other.0))
    }
}

impl Sub for Length {
    type Output = Length;
    /// Wraps as sums do.
    fn sub(self, other: Length) -> Length {
        Length(self.0.wrapping_sub(other.0))
    }
}

impl AddAssign for Length {
    fn add_assign(&mut self, other: Length) {
        *self = *self + other;
    }
}

impl SubAssign for Length {
    fn sub_assign(&mut self, other: Length) {
        *self = *self - other;
    }
}

impl Neg for Length {
    type Output = Length;
    fn neg(self) -> Length {
        Length(-self.0)
    }
}

impl Mul<i64> for Length {
    type Output = Length;
    /// At most [`Length::MAX`] either way.
    fn mul(self, times: i64) -> Length {
        Length(self.0.saturating_mul(times).clamp(-Self::MAX.0, Self::MAX.0))
    }
}

impl Div<i64> for Length {
    type Output = Length;
    /// Rounds down; by zero gives zero.
    fn div(self, by: i64) -> Length {
        Length(self.0.checked_div_euclid(by).unwrap_or(0))
    }
}

impl Sum for Length {
    fn sum<I: Iterator<Item = Length>>(iter: I) -> Length {
        iter.fold(Length::ZERO, Add::add)
    }
}

/// A length in half the room, for what a book has a million of. It reaches 32,767 pt either way; what is longer
/// is cut to that.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Short(i32);

impl Short {
    /// No length.
    pub const ZERO: Short = Short(0);

    /// In points.
    #[must_use]
    pub fn to_pt(self) -> f64 {
        Length::from(self).to_pt()
    }
}

impl From<Length> for Short {
    fn from(length: Length) -> Short {
        let most = if length < Length::ZERO { i32::MIN } else { i32::MAX };
        Short(i32::try_from(length.0).unwrap_or(most))
    }
}

impl From<Short> for Length {
    fn from(short: Short) -> Length {
        Length(i64::from(short.0))
    }
}

impl fmt::Debug for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        Length::from(*self).fmt(f)
    }
}

impl Add<Short> for Length {
    type Output = Length;
    fn add(self, other: Short) -> Length {
        self + Length::from(other)
    }
}

impl Sum<Short> for Length {
    fn sum<I: Iterator<Item = Short>>(iter: I) -> Length {
        iter.map(Length::from).sum()
    }
}

/// A measure that may depend on a type size: `1.5em`, or fixed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// Fixed.
    Fixed(Length),
    /// So many times the size of the type it is used with.
    Em(f64),
    /// So many lines of the body's grid.
    Lines(f64),
}

impl Measure {
    /// The length for type of `size` on a grid of `leading`.
    #[must_use]
    pub fn at(self, size: Length, leading: Length) -> Length {
        match self {
            Measure::Fixed(length) => length,
            Measure::Em(times) => size.scale(times),
            Measure::Lines(times) => leading.scale(times),
        }
    }

    /// Reads `11pt`, `148mm`, `14.8cm`, `5.5in`, `1.5em`, `2lines` (a space before the unit is
    /// allowed; `0` needs none). `None` for anything else, an infinite or a huge number included.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let split =
            text.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | '-' | '+'))).unwrap_or(text.len());
        let (number, unit) = text.split_at(split);
        let number: f64 = number.parse().ok().filter(|n: &f64| n.abs() < 100_000.0)?;
        Some(match unit.trim() {
            "pt" => Measure::Fixed(Length::pt(number)),
            "mm" => Measure::Fixed(Length::mm(number)),
            "cm" => Measure::Fixed(Length::mm(number * 10.0)),
            "in" => Measure::Fixed(Length::inch(number)),
            "em" => Measure::Em(number),
            "line" | "lines" => Measure::Lines(number),
            "" if number == 0.0 => Measure::Fixed(Length::ZERO),
            _ => return None,
        })
    }
}
