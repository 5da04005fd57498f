//! Strings and addresses as a PDF can hold them.
//!
//! Enters: what authors wrote. Leaves: text on one line without control characters, of a bounded
//! length, and addresses in ASCII.

/// ISO 19005-2, 6.1.13: strings of at most 32,767 bytes; a character takes up to four.
const LONGEST: usize = 8_000;

/// Longer addresses are data, not places.
const LONGEST_ADDRESS: usize = 30_000;

/// One line of text, cut when no reader would hear it out.
pub(super) fn short(text: &str) -> String {
    let mut line = String::with_capacity(text.len().min(LONGEST));
    let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
    let mut length = 0;
    for word in words {
        if !line.is_empty() {
            line.push(' ');
            length += 1;
        }
        for c in word.chars().filter(|&c| is_character(c)) {
            if length >= LONGEST {
                line.push('…');
                return line;
            }
            line.push(c);
            length += 1;
        }
    }
    line
}

/// What XML can hold (XML 1.0, 2.2): metadata is written in it.
fn is_character(c: char) -> bool {
    !matches!(c, '\u{FFFE}' | '\u{FFFF}' | '\u{FEFF}')
}

/// The address with what isn't allowed in one percent-encoded (RFC 3986); `None` for one that is too
/// long.
pub(super) fn address(typed: &str) -> Option<String> {
    let mut address = String::with_capacity(typed.len());
    for byte in typed.bytes() {
        match byte {
            b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}' => {
                address.push_str(&format!("%{byte:02X}"));
            }
            0x21..=0x7E => address.push(char::from(byte)),
            _ => address.push_str(&format!("%{byte:02X}")),
        }
    }
    (address.len() <= LONGEST_ADDRESS).then_some(address)
}
