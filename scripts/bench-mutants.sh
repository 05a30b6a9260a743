#!/bin/sh
# Recall on lock-removal mutants of real packages: what share of them the release binary reports, and how many of the
# unmutated originals it flags.
#
#     cargo build --release
#     scripts/bench-mutants.sh                        # all mutants
#     scripts/bench-mutants.sh --kind drop-lock       # further arguments go to run_mutants.py
#
# GOMAPCHECK  the binary to measure                [default: target/release/gomapcheck]
# FLAGS       its further flags, such as --min-confidence=possible
# BENCH       the directory with mutants/run_mutants.py  [default: ../shared/bench]
# CORPUS      the packages by import path          [default: target/bench/mutants/usr/share/gocode/src]
# The Debian packages of mutants/corpora.json are downloaded and unpacked into target/bench when CORPUS is not given.
set -eu

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
bench=${BENCH:-$root/../shared/bench}
binary=${GOMAPCHECK:-${CARGO_TARGET_DIR:-$root/target}/release/gomapcheck}
mutants=$bench/mutants

fail() {
    echo "bench-mutants: $1" >&2
    exit 2
}

[ -x "$binary" ] || fail "no binary $binary: run cargo build --release, or name one in GOMAPCHECK"
[ -f "$mutants/run_mutants.py" ] ||
    fail "no $mutants/run_mutants.py: name in BENCH the directory that holds the benchmarks (mutants/, realbugs/)"
command -v python3 >/dev/null || fail "python3 is not on the PATH"

if [ -z "${CORPUS:-}" ]; then
    unpacked=$root/target/bench/mutants
    CORPUS=$unpacked/usr/share/gocode/src
    packages=$(python3 -c 'import json, sys
for corpus in json.load(open(sys.argv[1]))["corpora"]:
    print(corpus["repo"] + "=" + corpus["commit"])' "$mutants/corpora.json")
    if [ ! -f "$unpacked/complete" ]; then
        command -v apt-get >/dev/null && command -v dpkg >/dev/null ||
            fail "apt-get and dpkg are missing: unpack these Debian 12 packages yourself and name their src in CORPUS:
$packages"
        mkdir -p "$unpacked/packages"
        # The exact versions: the mutants are byte offsets into these files.
        # shellcheck disable=SC2086  # one argument a package
        (cd "$unpacked/packages" && apt-get download -q $packages) ||
            fail "apt-get could not download the packages: run apt-get update, on Debian 12"
        for package in "$unpacked"/packages/*.deb; do
            dpkg -x "$package" "$unpacked"
        done
        touch "$unpacked/complete"
    fi
fi
[ -d "$CORPUS" ] || fail "no directory $CORPUS"

exec python3 "$mutants/run_mutants.py" --corpus "$CORPUS" --mutants "$mutants/debian.jsonl" --list-missed 20 \
    --cmd "$binary run ${FLAGS:-} --output.json.path stdout --show-stats=false --max-issues-per-linter 0 --max-same-issues 0 ./..." \
    "$@"
