//! What each format looks like, and that what reads it can read it, whatever a finding's text holds.

use std::collections::BTreeSet;
use std::path::Path;

use gomapcheck_diagnostics::Diagnostic;
use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use serde_json::Value;

use crate::{Contents, Format, JsonShape, Notices, TabStyle, TextStyle, sample};

const PLAIN_TEXT: Format = Format::Text(TextStyle { colors: false, linter_name: true, details: true });
const PLAIN_TAB: Format = Format::Tab(TabStyle { colors: false, linter_name: true });

fn written(format: Format, diagnostics: &[Diagnostic]) -> String {
    let contents = Contents {
        diagnostics,
        notices: Notices::default(),
        rules: &sample::rules(),
        base: Path::new("/module"),
    };
    let mut bytes = Vec::new();
    format.write(&mut bytes, &contents).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Every report of the sample's and the hostile findings, and of none.
fn reports(format: Format) -> [String; 3] {
    [written(format, &sample::findings()), written(format, &sample::hostile()), written(format, &[])]
}

/// With characters that no editor shows written out.
fn visible(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' => "\n".to_owned(),
        '\t' => "\t".to_owned(),
        c if c.is_control() || matches!(c, '\u{2028}' | '\u{FFFE}') => c.escape_unicode().to_string(),
        c => c.to_string(),
    };
    text.chars().map(shown).collect()
}

fn indented(json: &str) -> String {
    serde_json::to_string_pretty(&serde_json::from_str::<Value>(json).unwrap()).unwrap()
}

mod text {
    use super::*;

    #[test]
    fn a_finding_with_its_evidence() {
        insta::assert_snapshot!("text", written(PLAIN_TEXT, &sample::findings()));
        assert_eq!(written(PLAIN_TEXT, &[]), "");
    }

    #[test]
    fn colours_wrap_the_place_the_text_and_the_caret() {
        let style = TextStyle { colors: true, linter_name: true, details: true };
        insta::assert_snapshot!("text_colors", visible(&written(Format::Text(style), &sample::findings())));
    }

    #[test]
    fn a_caret_points_into_one_line_and_into_no_more() {
        insta::assert_snapshot!("text_hostile", visible(&written(PLAIN_TEXT, &sample::hostile())));
    }

    #[test]
    fn without_name_and_lines_a_finding_is_place_and_text() {
        let style = TextStyle { colors: false, linter_name: false, details: false };
        let text = written(Format::Text(style), &sample::findings());
        assert_eq!(text.lines().count(), 2);
        assert!(
            text.ends_with("store/store.go:8:29: mixed-map-locks: map s.items is written here under s.mu\n")
        );
    }
}

mod tab {
    use super::*;

    #[test]
    fn the_columns_are_of_equal_width() {
        insta::assert_snapshot!("tab", visible(&written(PLAIN_TAB, &sample::hostile()[..2])));
        assert_eq!(written(PLAIN_TAB, &[]), "");
    }

    #[test]
    fn colours_do_not_count_and_the_name_may_be_left_out() {
        let style = TabStyle { colors: true, linter_name: false };
        insta::assert_snapshot!("tab_colors", visible(&written(Format::Tab(style), &sample::findings())));
    }
}

mod xml {
    use super::*;

    /// Reads a document to its end and gives back its texts and the values of its attributes.
    fn parsed(document: &str) -> Vec<String> {
        let mut reader = Reader::from_str(document);
        reader.config_mut().check_end_names = true;
        let mut texts = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                Event::Start(element) => {
                    for attribute in element.attributes() {
                        let value = attribute.unwrap().normalized_value(XmlVersion::Explicit1_0).unwrap();
                        texts.push(value.into_owned());
                    }
                }
                Event::CData(data) => texts.push(data.into_inner().into_owned()),
                Event::Eof => return texts,
                _ => {}
            }
        }
    }

    fn is_allowed(c: char) -> bool {
        matches!(c, '\t' | '\n' | '\r') || (c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
    }

    #[test]
    fn checkstyle() {
        insta::assert_snapshot!("checkstyle", written(Format::Checkstyle, &sample::hostile()));
        insta::assert_snapshot!(written(Format::Checkstyle, &[]), @r#"
        <?xml version="1.0" encoding="UTF-8"?>

        <checkstyle version="5.0"></checkstyle>
        "#);
    }

    #[test]
    fn junit() {
        insta::assert_snapshot!("junit", written(Format::JunitXml { extended: false }, &sample::hostile()));
        insta::assert_snapshot!(
            "junit_extended",
            written(Format::JunitXml { extended: true }, &sample::findings())
        );
        assert_eq!(written(Format::JunitXml { extended: false }, &[]), "<testsuites></testsuites>");
    }

    #[test]
    fn what_is_written_is_read_back() {
        for format in [Format::Checkstyle, Format::JunitXml { extended: true }] {
            for document in reports(format) {
                assert!(document.chars().all(is_allowed), "{document}");
                parsed(&document);
            }
            let texts = parsed(&written(format, &sample::hostile()));
            let expected = sample::hostile()[1].message.replace(['\u{1b}', '\0', '\u{FFFE}'], "\u{FFFD}");
            assert!(texts.iter().any(|text| text.ends_with(&expected)), "{texts:?}");
            assert!(texts.contains(&"a b/100%,é:[x]'|.go".to_owned()), "{texts:?}");
        }
    }
}

mod json {
    use super::*;

    const ALL: [Format; 5] = [
        Format::Json(JsonShape::V1),
        Format::Json(JsonShape::V2),
        Format::CodeClimate,
        Format::Sarif,
        Format::Rdjson,
    ];

    #[test]
    fn every_document_is_one_line_and_is_read_back() {
        for format in ALL {
            for document in reports(format) {
                assert_eq!(document.lines().count(), 1, "{document}");
                assert!(document.ends_with('\n'), "{document}");
                serde_json::from_str::<Value>(&document).unwrap();
            }
        }
        let lines = written(Format::Rdjsonl, &sample::hostile());
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 4);
        assert_eq!(written(Format::Rdjsonl, &[]), "");
    }

    #[test]
    fn code_climate() {
        insta::assert_snapshot!("code_climate", indented(&written(Format::CodeClimate, &sample::hostile())));
        assert_eq!(written(Format::CodeClimate, &[]), "[]\n");
    }

    /// GitLab shows one of those with the same fingerprint.
    #[test]
    fn equal_findings_have_fingerprints_of_their_own() {
        let document: Value =
            serde_json::from_str(&written(Format::CodeClimate, &sample::hostile())).unwrap();
        let issues = document.as_array().unwrap();
        let fingerprints: BTreeSet<&str> =
            issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap()).collect();
        assert_eq!(fingerprints.len(), 4, "{fingerprints:?}");
    }

    #[test]
    fn rdjson() {
        insta::assert_snapshot!("rdjson", indented(&written(Format::Rdjson, &sample::findings())));
        insta::assert_snapshot!("rdjsonl", written(Format::Rdjsonl, &sample::findings()));
        insta::assert_snapshot!(
            written(Format::Rdjson, &[]),
            @r#"{"source":{"name":"gomapcheck","url":"https://github.com/gomapcheck/gomapcheck"},"diagnostics":[]}"#
        );
    }
}

mod lines {
    use super::*;

    #[test]
    fn teamcity() {
        insta::assert_snapshot!("teamcity", visible(&written(Format::TeamCity, &sample::hostile())));
        assert_eq!(written(Format::TeamCity, &[]), "");
    }

    #[test]
    fn github_actions() {
        insta::assert_snapshot!(
            "github_actions",
            visible(&written(Format::GithubActions, &sample::hostile()))
        );
        assert_eq!(written(Format::GithubActions, &[]), "");
    }

    #[test]
    fn a_command_is_one_line_whatever_the_text() {
        for format in [Format::TeamCity, Format::GithubActions] {
            let report = written(format, &sample::hostile());
            assert!(report.lines().all(|line| line.starts_with("##teamcity[") || line.starts_with("::")));
        }
    }
}
