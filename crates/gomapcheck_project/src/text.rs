//! Reading source files so that any bytes become text of the same length.

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

/// Offsets are 32 bits wide and every stage keeps whole texts; nobody writes Go files of this size.
const LARGEST: u64 = 512 << 20;

/// Why a file's text could not be had.
pub(crate) enum ReadFailure {
    /// A directory, a pipe, a device: nothing to read, as with `go list`.
    NotAFile,
    /// Larger than this tool takes.
    TooLarge,
    /// The operating system said no.
    Refused(io::Error),
}

/// Reads a file by way of `buffer`, which callers reuse from file to file.
pub(crate) fn read(path: &Path, is_link: bool, buffer: &mut Vec<u8>) -> Result<Arc<str>, ReadFailure> {
    if is_link && !std::fs::metadata(path).map_err(ReadFailure::Refused)?.is_file() {
        return Err(ReadFailure::NotAFile);
    }
    let file = File::open(path).map_err(ReadFailure::Refused)?;
    let metadata = file.metadata().map_err(ReadFailure::Refused)?;
    if !metadata.is_file() {
        return Err(ReadFailure::NotAFile);
    }
    if metadata.len() > LARGEST {
        return Err(ReadFailure::TooLarge);
    }
    buffer.clear();
    buffer.reserve(usize::try_from(metadata.len()).unwrap_or(0) + 1);
    file.take(LARGEST + 1).read_to_end(buffer).map_err(ReadFailure::Refused)?;
    if buffer.len() as u64 > LARGEST {
        return Err(ReadFailure::TooLarge);
    }
    Ok(to_text(buffer))
}

/// The bytes as text: each byte that is not UTF-8 becomes `?`, a byte order mark three blanks, so that offsets stay.
fn to_text(bytes: &mut [u8]) -> Arc<str> {
    if let Some(mark @ [0xEF, 0xBB, 0xBF]) = bytes.get_mut(..3) {
        mark.fill(b' ');
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Arc::from(text);
    }
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.extend(chunk.invalid().iter().map(|_| '?'));
    }
    Arc::from(text)
}

#[cfg(test)]
mod tests {
    use super::to_text;

    #[test]
    fn offsets_survive_broken_bytes_and_byte_order_marks() {
        assert_eq!(&*to_text(&mut b"\xEF\xBB\xBFpackage a".to_vec()), "   package a");
        assert_eq!(&*to_text(&mut b"a\xFF\xE2\x82b \xC3\xA9".to_vec()), "a???b \u{e9}");
    }
}
