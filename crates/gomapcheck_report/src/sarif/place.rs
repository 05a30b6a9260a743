use std::borrow::Cow;
use std::fmt::Write;

use gomapcheck_diagnostics::Location;
use serde::Serialize;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

#[derive(Clone, Copy, Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: u32,
    start_column: u32,
    end_line: u32,
    end_column: u32,
}

impl PhysicalLocation {
    pub(super) fn of(location: &Location) -> Self {
        let region = Region {
            start_line: location.start.line,
            start_column: location.start_utf16,
            end_line: location.end.line,
            end_column: location.end_utf16,
        };
        Self { artifact_location: ArtifactLocation::of(&location.path), region }
    }

    /// The place cut to its first line, of which this is the text: an alert shows up in a pull request only where all its
    /// lines were changed.
    pub(super) fn on_one_line(location: &Location, line: Option<&String>) -> Self {
        let mut place = Self::of(location);
        let region = &mut place.region;
        if region.start_line != region.end_line {
            let length = line.map_or(0, |line| line.trim_end().encode_utf16().count());
            region.end_line = region.start_line;
            region.end_column = u32::try_from(length + 1).unwrap_or(u32::MAX).max(region.start_column);
        }
        place
    }
}

impl ArtifactLocation {
    fn of(path: &str) -> Self {
        let bytes = path.as_bytes();
        let has_drive = bytes.get(1) == Some(&b':') && bytes.get(2) == Some(&b'/');
        if path.starts_with('/') || has_drive {
            let slash = if has_drive { "/" } else { "" };
            return Self { uri: format!("file://{slash}{}", percent_encoded(path)), uri_base_id: None };
        }
        Self { uri: percent_encoded(path).into_owned(), uri_base_id: Some("%SRCROOT%") }
    }
}

/// A path with what may not stand in one of a URI as `%XX`. A colon is legal in places; written out it is never a scheme's.
fn percent_encoded(path: &str) -> Cow<'_, str> {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=@".contains(byte);
    if path.bytes().all(|byte| is_plain(&byte)) {
        return Cow::Borrowed(path);
    }
    let mut encoded = String::with_capacity(path.len() + 8);
    for byte in path.bytes() {
        if is_plain(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    Cow::Owned(encoded)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        let uri = |path| {
            let place = ArtifactLocation::of(path);
            format!("{}{}", place.uri_base_id.map(|base| format!("{base} ")).unwrap_or_default(), place.uri)
        };
        assert_eq!(uri("store/store.go"), "%SRCROOT% store/store.go");
        assert_eq!(uri("a b/100%/é.go"), "%SRCROOT% a%20b/100%25/%C3%A9.go");
        assert_eq!(uri("c:d/[x]#?.go"), "%SRCROOT% c%3Ad/%5Bx%5D%23%3F.go");
        assert_eq!(uri("/home/me/a b.go"), "file:///home/me/a%20b.go");
        assert_eq!(uri("C:/me/a.go"), "file:///C%3A/me/a.go");
    }
}
