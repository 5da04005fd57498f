//! Colours, for covers: text in a book has none but its ink's.

/// Red, green and blue of the sRGB space.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Colour(pub [u8; 3]);

/// A number from 0 to 1 to the power of 2.4, the same on every machine: its square times that square's fifth root, found
/// by Newton's way.
fn to_2_4(number: f64) -> f64 {
    let square = number * number;
    let root = (0..60).fold(1.0_f64, |root, _| (4.0 * root + square / (root * root * root * root)) / 5.0);
    square * root
}

impl Colour {
    /// Reads `#f4f0e6`.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Colour> {
        let digits = typed.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
        let part = |at: usize| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
        let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        hexadecimal.then_some(Colour([part(0)?, part(2)?, part(4)?]))
    }

    /// How much it stands out from another: from 1 to 21 (WCAG 2.2, contrast ratio).
    #[must_use]
    pub fn contrast(self, other: Colour) -> f64 {
        let (one, two) = (self.luminance() + 0.05, other.luminance() + 0.05);
        one.max(two) / one.min(two)
    }

    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let part = f64::from(part) / 255.0;
            if part <= 0.040_45 { part / 12.92 } else { to_2_4((part + 0.055) / 1.055) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// A colour on the way from this one to another, `share` of 255 of it.
    #[must_use]
    pub fn towards(self, other: Colour, share: u8) -> Colour {
        let mut parts = self.0;
        for (own, others) in parts.iter_mut().zip(other.0) {
            let mixed = u32::from(*own) * (255 - u32::from(share)) + u32::from(others) * u32::from(share);
            *own = u8::try_from((mixed + 127) / 255).unwrap_or(u8::MAX);
        }
        Colour(parts)
    }
}
