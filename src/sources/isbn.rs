//! ISBNs and dates: the forms that catalogues check.
//!
//! Enters: what the author typed. Leaves: thirteen digits, or nothing; whether a date is one.
//! Promise: a wrong check digit never passes.

/// Whether text looks like an ISBN, right or wrong: ten or thirteen digits, hyphens and blanks apart.
pub(super) fn looks_like_isbn(text: &str) -> bool {
    let text = without_prefix(text);
    let digits: Vec<char> = text.chars().filter(|c| !matches!(c, '-' | ' ' | '‐' | '–')).collect();
    let all =
        digits.iter().enumerate().all(|(at, c)| c.is_ascii_digit() || (at == 9 && matches!(c, 'X' | 'x')));
    all && (digits.len() == 10
        || (digits.len() == 13 && matches!(digits.get(..3), Some(['9', '7', '8' | '9']))))
}

fn without_prefix(text: &str) -> &str {
    let text = text.trim();
    for prefix in ["urn:isbn:", "isbn-13", "isbn-10", "isbn"] {
        if text.get(..prefix.len()).is_some_and(|head| head.eq_ignore_ascii_case(prefix)) {
            return text.get(prefix.len()..).unwrap_or_default().trim_start_matches([':', ' ']);
        }
    }
    text
}

/// What is wrong with an ISBN.
pub(super) enum Wrong {
    /// Not ten or thirteen digits.
    Form,
    /// The check digit should be this.
    Check(char),
}

/// The thirteen digits of an ISBN-13 or ISBN-10 (ISO 2108, annexes A and C).
pub(super) fn isbn13(text: &str) -> Result<String, Wrong> {
    if !looks_like_isbn(text) {
        return Err(Wrong::Form);
    }
    let digits: Vec<u32> = without_prefix(text)
        .chars()
        .filter_map(|c| if matches!(c, 'X' | 'x') { Some(10) } else { c.to_digit(10) })
        .collect();
    if let Some((&check, first)) = digits.split_last().filter(|(_, first)| first.len() == 9) {
        let sum: u32 = first.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
        let right = (11 - sum % 11) % 11;
        if right != check {
            let letter = if right == 10 { Some('X') } else { char::from_digit(right, 10) };
            return Err(Wrong::Check(letter.unwrap_or('?')));
        }
        let mut long = vec![9, 7, 8];
        long.extend_from_slice(first);
        long.push(check13(&long));
        return Ok(as_text(&long));
    }
    let right = check13(digits.get(..12).unwrap_or_default());
    if digits.get(12) == Some(&right) {
        Ok(as_text(&digits))
    } else {
        Err(Wrong::Check(char::from_digit(right, 10).unwrap_or('?')))
    }
}

fn check13(first: &[u32]) -> u32 {
    let sum: u32 = first.iter().zip([1, 3].into_iter().cycle()).map(|(digit, weight)| digit * weight).sum();
    (10 - sum % 10) % 10
}

fn as_text(digits: &[u32]) -> String {
    digits.iter().filter_map(|&digit| char::from_digit(digit, 10)).collect()
}

/// Whether text is a year, a month or a day that exists: `2026`, `2026-11`, `2026-11-24`.
pub(super) fn is_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize, digits: usize| {
        let part = parts.get(at)?;
        (part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u32>().ok())?
    };
    let Some(year) = number(0, 4) else { return false };
    let month_fits = number(1, 2).is_some_and(|month| (1..=12).contains(&month));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match number(1, 2) {
        Some(2) if leap => 29,
        Some(2) => 28,
        Some(4 | 6 | 9 | 11) => 30,
        Some(_) | None => 31,
    };
    match parts.len() {
        1 => true,
        2 => month_fits,
        3 => month_fits && number(2, 2).is_some_and(|day| (1..=days).contains(&day)),
        _ => false,
    }
}
