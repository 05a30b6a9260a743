#!/usr/bin/env bash
# Tests what action.yml runs, as GitHub would run it: inputs in the environment, a repository with a module in a
# subdirectory, the binary on the PATH, and files in place of GitHub's interface.
#
#     cargo build --release
#     scripts/test-action.sh
#
# GOMAPCHECK  the binary to run                    [default: target/release/gomapcheck]
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
binary=${GOMAPCHECK:-${CARGO_TARGET_DIR:-$root/target}/release/gomapcheck}
[ -x "$binary" ] || {
    echo "test-action: no binary $binary: run cargo build --release, or name one in GOMAPCHECK" >&2
    exit 2
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
scratch=$(cd "$scratch" && pwd -P)
passed=0

fail() {
    echo "test-action: $1" >&2
    cat "$scratch/log" >&2
    exit 1
}

mkdir -p "$scratch/workspace/my module" "$scratch/bin" "$scratch/temp" "$scratch/api/repos/acme/shop/pulls" "$scratch/api/repos/acme/shop/compare"
ln -s "$binary" "$scratch/bin/gomapcheck"
cd "$scratch/workspace"
git init --quiet
cat >"my module/go.mod" <<END
module example.com/shop

go 1.24
END
cat >"my module/old.go" <<END
package shop

func Old(keys []string) {
	old := map[string]bool{}
	for _, key := range keys {
		go func() { old[key] = true }()
	}
}
END
sed 's/Old/New/; s/old/fresh/g' "my module/old.go" >"my module/new.go"
git add .
diff -u --label /dev/null --label "b/my module/new.go" /dev/null "my module/new.go" >"$scratch/patch" || true
cp "$scratch/patch" "$scratch/api/repos/acme/shop/pulls/7"
cp "$scratch/patch" "$scratch/api/repos/acme/shop/compare/1234...5678"

# act EXPECTED_CODE NAME=VALUE...: runs the step with these inputs beside the defaults.
act() {
    local expected=$1 code=0
    shift
    : >"$scratch/outputs"
    env PATH="$scratch/bin:$PATH" GITHUB_ACTION_PATH="$root" GITHUB_WORKSPACE="$scratch/workspace" \
        GITHUB_OUTPUT="$scratch/outputs" RUNNER_TEMP="$scratch/temp" GITHUB_API_URL="file://$scratch/api" \
        GITHUB_REPOSITORY=acme/shop GITHUB_SHA=5678 PULL_REQUEST="" BASE_SHA="" \
        INPUT_ARGS="" INPUT_WORKING_DIRECTORY="my module" INPUT_ONLY_NEW_ISSUES=false INPUT_OUTPUT_FORMAT=github \
        INPUT_SARIF_FILE="" INPUT_GITHUB_TOKEN=secret "$@" "$root/action/run.sh" >"$scratch/log" 2>&1 || code=$?
    [ "$code" = "$expected" ] || fail "exit code $code, not $expected, with $*"
    passed=$((passed + 1))
}

logs() {
    grep -qE -- "$1" "$scratch/log" || fail "the log has no $1"
}

logs_no() {
    ! grep -qE -- "$1" "$scratch/log" || fail "the log has $1"
}

outputs() {
    grep -qxF -- "$1" "$scratch/outputs" || fail "no output $1 but $(cat "$scratch/outputs")"
}

act 0
logs '^::error file=my module/new\.go,line=6,'
logs '^::error file=my module/old\.go,line=6,'
outputs exit-code=1

act 0 INPUT_OUTPUT_FORMAT=text
logs '^::add-matcher::.*/action/problem-matcher\.json$'
logs '^my module/new\.go:6:15: concurrent-map-write: .* \(map-concurrency\)$'
logs_no '^::error'

act 0 INPUT_OUTPUT_FORMAT=text INPUT_WORKING_DIRECTORY="./my module"
logs '^my module/new\.go:6:15: '

# A configuration beside the module does not change where annotations go.
printf 'disable = ["mixed-map-locks"]\n' >"my module/gomapcheck.toml"
act 0
logs '^::error file=my module/new\.go,'
rm "my module/gomapcheck.toml"

act 0 INPUT_ONLY_NEW_ISSUES=true PULL_REQUEST=7
logs 'file=my module/new\.go,'
logs_no 'old\.go'
logs_no secret
act 0 INPUT_ONLY_NEW_ISSUES=true BASE_SHA=1234
logs_no 'old\.go'
act 0 INPUT_ONLY_NEW_ISSUES=true PULL_REQUEST=8
logs '^::warning title=gomapcheck::only-new-issues: file:.*/pulls/8 cannot be read; all findings are reported$'
logs 'file=my module/old\.go,'
act 0 INPUT_ONLY_NEW_ISSUES=true BASE_SHA=0000000000000000000000000000000000000000
logs 'no earlier commit to compare with'

# Arguments are words with quotes, never commands.
act 0 INPUT_ARGS="--issues-exit-code=9
    --build-tags 'a b' \"./...\""
outputs exit-code=9
act 0 INPUT_ARGS='--tags=$(touch${IFS}x);touch y'
[ ! -e x ] && [ ! -e "my module/x" ] && [ ! -e "my module/y" ] || fail "an argument was run as a command"
act 3 INPUT_ARGS="--tags='a"
logs '^::error title=gomapcheck::args cannot be taken apart'

act 0 INPUT_SARIF_FILE=out/map.sarif
outputs "sarif-file=$scratch/workspace/my module/out/map.sarif"
grep -q '"uri":"my%20module/new.go"' "my module/out/map.sarif" || fail "SARIF does not speak of my%20module/new.go"

act 0 INPUT_ARGS=--no-such-flag
outputs exit-code=3
act 3 INPUT_OUTPUT_FORMAT=html
logs '^::error title=gomapcheck::output-format is html, but there are github, text,'
act 3 INPUT_WORKING_DIRECTORY=nowhere
logs "there is no nowhere in the repository"
rm "$scratch/bin/gomapcheck"
act 3 PATH=/usr/bin:/bin
logs "there is no gomapcheck on the PATH"
echo "action/run.sh: $passed runs as expected"
