//! Methods by which decoding libraries let an object fill itself.

/// Name, number of parameters and of results.
const DECODERS: &[(&str, usize, usize)] = &[
    ("UnmarshalJSON", 1, 1),
    ("UnmarshalJSONFrom", 1, 1),
    ("UnmarshalEasyJSON", 1, 0),
    ("UnmarshalText", 1, 1),
    ("UnmarshalBinary", 1, 1),
    ("UnmarshalYAML", 1, 1),
    ("UnmarshalTOML", 1, 1),
    ("UnmarshalXML", 2, 1),
    ("UnmarshalXMLAttr", 1, 1),
    ("UnmarshalBSON", 1, 1),
    ("UnmarshalBSONValue", 2, 1),
    ("UnmarshalCBOR", 1, 1),
    ("UnmarshalMsgpack", 1, 1),
    ("UnmarshalHCL", 1, 1),
    ("GobDecode", 1, 1),
    ("DecodeMsgpack", 1, 1),
    ("DecodeRLP", 1, 1),
    ("Scan", 1, 1),
];

/// Whether a method of this name, with so many parameters and results, is one of them. `Scan` of `database/sql` takes anything,
/// which `takes_anything` says of the parameter.
pub(crate) fn is_decoder(name: &str, parameters: usize, results: usize, takes_anything: bool) -> bool {
    DECODERS.contains(&(name, parameters, results)) && (name != "Scan" || takes_anything)
}

#[cfg(test)]
mod tests {
    use super::is_decoder;

    #[test]
    fn a_decoder_is_known_by_name_and_shape() {
        assert!(is_decoder("UnmarshalJSON", 1, 1, false));
        assert!(is_decoder("UnmarshalXML", 2, 1, false));
        assert!(is_decoder("Scan", 1, 1, true));
        assert!(!is_decoder("Scan", 1, 1, false));
        assert!(!is_decoder("UnmarshalJSON", 2, 1, false));
        assert!(!is_decoder("Unmarshal", 1, 1, false));
    }
}
