#!/bin/sh
# Recall and quiet on real, fixed map races: how many of them the release binary reports in the commit before the fix,
# and how many of those it no longer reports after it.
#
#     cargo build --release
#     scripts/bench-real-bugs.sh                          # the cases whose repositories are there
#     FLAGS=--min-confidence=possible scripts/bench-real-bugs.sh --out verdicts.json
#
# GOMAPCHECK  the binary to measure                [default: target/release/gomapcheck]
# FLAGS       its further flags
# BENCH       the directory with realbugs/run_realbugs.py  [default: ../shared/bench]
# MIRROR      the repositories, as MIRROR/owner+name/repo, bare or not  [default: target/bench/mirror]
# CLONE       set it to 1 to clone from github.com into MIRROR what is not there (some gigabytes)
set -eu

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
bench=${BENCH:-$root/../shared/bench}
binary=${GOMAPCHECK:-${CARGO_TARGET_DIR:-$root/target}/release/gomapcheck}
mirror=${MIRROR:-$root/target/bench/mirror}
bugs=$bench/realbugs

fail() {
    echo "bench-real-bugs: $1" >&2
    exit 2
}

[ -x "$binary" ] || fail "no binary $binary: run cargo build --release, or name one in GOMAPCHECK"
[ -f "$bugs/run_realbugs.py" ] ||
    fail "no $bugs/run_realbugs.py: name in BENCH the directory that holds the benchmarks (mutants/, realbugs/)"
command -v python3 >/dev/null || fail "python3 is not on the PATH"
command -v git >/dev/null || fail "git is not on the PATH"

missing=$(python3 -c 'import json, pathlib, sys
repositories = {json.loads(line)["repo"] for line in open(sys.argv[1]) if line.strip()}
for name in sorted(repositories):
    if not (pathlib.Path(sys.argv[2]) / name.replace("/", "+") / "repo").is_dir():
        print(name)' "$bugs/dev.jsonl" "$mirror")
for name in $missing; do
    if [ "${CLONE:-}" = 1 ]; then
        git clone --quiet --bare "https://github.com/$name" "$mirror/$(echo "$name" | tr / +)/repo" ||
            echo "bench-real-bugs: $name could not be cloned" >&2
    else
        echo "bench-real-bugs: $name is not in $mirror; its cases count as errors (CLONE=1 clones it)" >&2
    fi
done

exec python3 "$bugs/run_realbugs.py" --mirror "$mirror" --bugs "$bugs/dev.jsonl" \
    --cmd "$binary run ${FLAGS:-} --output.json.path stdout --show-stats=false --max-issues-per-linter 0 --max-same-issues 0 ./..." \
    "$@"
