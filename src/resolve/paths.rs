//! Paths and addresses as authors type them.
//!
//! Enters: `../img/a%20b.png`, `other.md#id`, `https://…`. Leaves: paths in the manuscript's folder,
//! whole addresses, the nearest of the names there are. Promise: pure functions; nothing is read.

/// `a%20b` as `a b`; what isn't valid stays as typed.
pub(super) fn decode(typed: &str) -> String {
    let bytes = typed.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let code = (byte == b'%').then(|| typed.get(at + 1..at + 3)).flatten();
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|b| *b != 0) {
            Some(value) if code.is_some_and(|c| c.bytes().all(|b| b.is_ascii_hexdigit())) => {
                decoded.push(value);
                at += 3;
            }
            _ => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(decoded).unwrap_or_else(|_| typed.to_owned())
}

/// `a/./b/../c` as `a/c`; `..` that lead out stay at the front, a `/` at the front as well.
pub(super) fn normalise(path: &str) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    let joined = parts.join("/");
    if path.starts_with('/') { format!("/{joined}") } else { joined }
}

/// `path` as seen from the file at `from`.
pub(super) fn join(from: &str, path: &str) -> String {
    if path.starts_with('/') {
        return normalise(path);
    }
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let slash = if folder.is_empty() { "" } else { "/" };
    normalise(&format!("{folder}{slash}{path}"))
}

/// The scheme of an absolute address, in lower case. One letter is a drive of Windows, not a scheme.
pub(super) fn scheme(href: &str) -> Option<String> {
    let (scheme, _) = href.split_once(':')?;
    let fits = scheme.len() > 1
        && scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    fits.then(|| scheme.to_ascii_lowercase())
}

/// An address with the characters encoded that no address may hold; letters of other scripts stay.
pub(super) fn encode(href: &str) -> String {
    let mut encoded = String::with_capacity(href.len());
    for (at, c) in href.char_indices() {
        let escape = match c {
            '%' => {
                let digits = href.get(at + 1..at + 3);
                !digits.is_some_and(|d| d.bytes().all(|b| b.is_ascii_hexdigit()))
            }
            '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`' => true,
            _ => c.is_whitespace() || c.is_control(),
        };
        if escape {
            let mut buffer = [0; 4];
            for byte in c.encode_utf8(&mut buffer).bytes() {
                encoded.push_str(&format!("%{byte:02X}"));
            }
        } else {
            encoded.push(c);
        }
    }
    encoded
}

/// Whether an address of the web names a host at all, with nothing in it that a host can't have.
pub(super) fn has_host(href: &str) -> bool {
    let Some((_, rest)) = href.split_once("://") else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if let Some(rest) = host.strip_prefix('[') {
        return rest.contains(']');
    }
    let (host, port) = host.split_once(':').unwrap_or((host, ""));
    !host.is_empty()
        && port.bytes().all(|b| b.is_ascii_digit())
        && host.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '%' | '~'))
}

/// A relative `path` from the root of the manuscript's folder, as an address under `base`.
pub(super) fn under_base(base: &str, path: &str) -> String {
    let (origin, rest) = match base.split_once("://") {
        Some((scheme, rest)) => {
            let (host, folder) = rest.split_once('/').unwrap_or((rest, ""));
            (format!("{scheme}://{host}"), folder)
        }
        None => (String::new(), base),
    };
    let folder = rest.split(['?', '#']).next().unwrap_or_default();
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if path.starts_with('/') {
        parts.clear();
    }
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop();
            }
            name => parts.push(name),
        }
    }
    let slash = if path.ends_with('/') && !parts.is_empty() { "/" } else { "" };
    encode(&format!("{origin}/{}{slash}", parts.join("/")))
}

/// The name nearest to `typed`, if it is near enough to be meant.
pub(super) fn nearest<'a>(typed: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let length = typed.chars().count();
    let most = (length / 3).clamp(1, 6);
    let mut best: Option<(usize, &str)> = None;
    for name in names {
        if name.chars().count().abs_diff(length) > most {
            continue;
        }
        let distance = strsim::damerau_levenshtein(typed, name);
        if distance <= most && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, name));
        }
    }
    best.map(|(_, name)| name)
}
