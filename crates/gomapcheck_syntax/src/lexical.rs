//! What the scans that need no parse know of Go's tokens: where strings and comments end, and what an identifier is.

/// The offset after a string or rune literal whose quote stands at `at`; one that is not closed ends with its line (a raw
/// string with the text).
pub(crate) fn after_quoted(text: &[u8], at: usize) -> usize {
    match closing_quote(text, at) {
        Ok(closing) => closing + 1,
        Err(end) => end,
    }
}

/// The offset of the quote that closes the literal whose quote stands at `at`, or else where its line (or the text) ends.
pub(crate) fn closing_quote(text: &[u8], mut at: usize) -> Result<usize, usize> {
    let Some(quote) = text.get(at).copied() else { return Err(at) };
    at += 1;
    if quote == b'`' {
        let rest = text.get(at..).unwrap_or_default();
        return memchr::memchr(b'`', rest).map(|offset| at + offset).ok_or(text.len());
    }
    while let Some(byte) = text.get(at) {
        match byte {
            b'\\' => at += 2,
            b'\n' => return Err(at),
            _ if *byte == quote => return Ok(at),
            _ => at += 1,
        }
    }
    Err(at)
}

/// The offset after a comment whose slash stands at `at`, or after the slash of a division. The line feed after a line
/// comment stays.
pub(crate) fn after_comment(text: &[u8], at: usize) -> usize {
    let rest = text.get(at..).unwrap_or_default();
    at + match rest.get(1) {
        Some(b'/') => memchr::memchr(b'\n', rest).unwrap_or(rest.len()),
        Some(b'*') => memchr::memmem::find(&rest[2..], b"*/").map_or(rest.len(), |i| i + 4),
        _ => 1,
    }
}

/// Whether a byte may be part of an identifier; every byte of a letter beyond ASCII may.
pub(crate) fn is_identifier_byte(byte: u8) -> bool {
    byte == b'_' || byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// A table that says of each byte whether it is one of these.
pub(crate) const fn marks(bytes: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut i = 0;
    while i < bytes.len() {
        table[bytes[i] as usize] = true;
        i += 1;
    }
    table
}

/// An offset, or a count of what a text holds: a text has fewer than 2³² bytes.
pub(crate) fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
