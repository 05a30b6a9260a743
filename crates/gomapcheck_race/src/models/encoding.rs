//! Methods by which objects tell encoding libraries what they are.

/// Whether a method of this name encodes its object: a library calls it, and leaves the fields alone.
pub(crate) fn is_encoder(name: &str) -> bool {
    name.starts_with("Marshal") || matches!(name, "GobEncode" | "EncodeMsgpack" | "EncodeRLP")
}

#[cfg(test)]
mod tests {
    use super::is_encoder;

    #[test]
    fn an_encoder_is_known_by_its_name() {
        assert!(is_encoder("MarshalJSON"));
        assert!(is_encoder("GobEncode"));
        assert!(!is_encoder("UnmarshalJSON"));
    }
}
