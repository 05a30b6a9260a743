//! Which lines a `//nolint` comment covers, and which comments are directives at all: as golangci-lint has it.

use crate::program::{module, run};

/// Where a comment may be put is marked `/*1*/` to `/*9*/`; the race is reported at the line with 5.
const CODE: &str = "\
/*1*/
package m /*2*/

/*3*/
func Fill(words []string) {/*4*/
	counts := map[string]int{}
	for _, word := range words {
		go func() {
			if word != \"\" {
				/*6*/
				counts[word]++ /*5*/
				/*7*/
			} else {
				println()
			} /*8*/
		}() /*9*/
	}
}
";

/// Whether the race is silenced when these comments stand at these places.
fn is_silenced(comments: &[(u8, &str)]) -> bool {
    let mut text = CODE.to_owned();
    for place in 1..=9 {
        let comment = comments.iter().find(|(at, _)| *at == place).map_or("", |(_, comment)| comment);
        text = text.replace(&format!("/*{place}*/"), comment);
    }
    let outcome = run(module(&[("a.go", &text)]).path(), "--show-stats=false");
    assert!(outcome.code < 2, "{}\n{text}", outcome.err);
    outcome.code == 0
}

#[test]
fn some_comments_are_directives_for_this_linter() {
    for comment in [
        "//nolint",
        "//nolint reason",
        "//nolint :x",
        "//nolint:all",
        "//nolint:all // reason",
        "//nolint:allxyz",
        "//nolint:errcheck,all",
        "//nolint:errcheck,ALL",
        "//nolint:map-concurrency",
        "//nolint:Map-Concurrency",
        "//nolint:map-concurrency // filled before serving",
        "//nolint:map-concurrency//why",
        "//nolint:errcheck,map-concurrency",
        "//nolint:errcheck, map-concurrency // why",
        "//nolint: map-concurrency",
        "//nolint:map-concurrency,x guarded",
        "// nolint:map-concurrency",
        "// nolint",
        "///nolint:map-concurrency",
        "// // nolint",
        // The linter's other names.
        "//nolint:gomapcheck",
        "//nolint:concurrent-map-write",
    ] {
        assert!(is_silenced(&[(5, comment)]), "{comment}");
    }
}

#[test]
fn others_are_not() {
    for comment in [
        "",
        "//NOLINT",
        "//Nolint",
        "//nolints:map-concurrency",
        "//nolint// reason",
        "//nolint\tmap-concurrency",
        "//\tnolint",
        "// see nolint",
        "/*nolint*/",
        "/*nolint:map-concurrency*/",
        "//nolint:",
        "//nolint:errcheck",
        "//nolint:map-concurrency guarded",
        "//nolint:errcheck //nolint:map-concurrency",
        "//nolint:map_concurrency",
        "//nolint:mixed-map-locks",
    ] {
        assert!(!is_silenced(&[(5, comment)]), "{comment}");
    }
}

#[test]
fn a_directive_covers_its_line_or_what_begins_below_it() {
    const NOLINT: &str = "//nolint:map-concurrency";
    let cases: [(&str, u8, &str, bool); 20] = [
        ("behind the line", 5, NOLINT, true),
        ("above it, in its column", 6, NOLINT, true),
        ("first of several lines above it", 6, "//nolint:map-concurrency\n\t\t\t\t// why", true),
        ("last of several lines above it", 6, "// why\n\t\t\t\t//nolint:map-concurrency", true),
        ("above it after a block comment", 6, "/* why */\n\t\t\t\t//nolint:map-concurrency", true),
        ("above it, in another column", 6, " //nolint:map-concurrency", false),
        ("above it, with a blank line between", 6, "//nolint:map-concurrency\n", false),
        ("below it", 7, NOLINT, false),
        ("within the body, above else", 7, "//nolint:map-concurrency // else", false),
        ("above the function", 3, NOLINT, true),
        ("in the function's documentation", 3, "// Fill fills.\n//\n//nolint:map-concurrency", true),
        ("above the function, with a blank line between", 3, "//nolint:map-concurrency\n", false),
        ("behind the function's first line", 4, NOLINT, false),
        ("behind the last line of an inner statement", 8, NOLINT, false),
        ("behind the last line of a statement", 9, NOLINT, false),
        ("above the package clause", 1, NOLINT, true),
        (
            "above the package clause, behind a build tag",
            1,
            "//go:build linux || !linux\n\n//nolint:map-concurrency",
            true,
        ),
        (
            "above the package clause, in its documentation",
            1,
            "// Package m is.\n//nolint:map-concurrency",
            true,
        ),
        ("above the package clause, with a blank line between", 1, "//nolint:map-concurrency\n", false),
        ("behind the package clause", 2, NOLINT, false),
    ];
    for (place, at, comment, silenced) in cases {
        assert_eq!(is_silenced(&[(at, comment)]), silenced, "{place}");
    }
}

#[test]
fn a_directive_above_a_statement_covers_all_of_it() {
    let silenced = |line: &str| {
        let blanks = &line[..line.len() - line.trim_start().len()];
        let text = CODE.replace(line, &format!("{blanks}//nolint:map-concurrency\n{line}"));
        run(module(&[("a.go", &text)]).path(), "--show-stats=false").code == 0
    };
    assert!(silenced("\t\tgo func() {"));
    assert!(silenced("\tfor _, word := range words {"));
    assert!(silenced("\t\t\tif word != \"\" {"));
    assert!(!silenced("\tcounts := map[string]int{}"));
}

#[test]
fn a_directive_at_the_other_access_counts_as_well() {
    let store = "package m\n\ntype Store struct{ items map[string]int }\n\nfunc (s *Store) Put(key string) {\n\ts.items[key] = 1/*1*/\n}\n\n\
                 func (s *Store) Get(key string) int {\n\treturn s.items[key]/*2*/\n}\n\nfunc Use(s *Store) int {\n\tgo s.Put(\"a\")/*3*/\n\treturn s.Get(\"a\")\n}\n";
    let silenced = |place: u8| {
        let text = store.replace(&format!("/*{place}*/"), " //nolint:map-concurrency // set up before");
        run(module(&[("a.go", &text)]).path(), "--show-stats=false").code == 0
    };
    assert!(silenced(1) && silenced(2));
    assert!(!silenced(3), "a launch is no access");
    assert!(!silenced(4));
}

#[test]
fn a_directive_with_a_slip_of_the_pen_is_told() {
    let module = module(&[(
        "a.go",
        &CODE.replace("/*5*/", "//nolint:map-concurrency filled before").replace("/*2*/", "//nolint:errchek"),
    )]);
    let outcome = run(module.path(), "--show-stats=false");
    assert_eq!(outcome.code, 1);
    insta::assert_snapshot!(outcome.err, @"gomapcheck: warning: a.go:11: //nolint:map-concurrency filled before silences nothing: a reason needs // before it");
}
