#!/usr/bin/env bash
# Tests the hooks with the real pre-commit: a copy of this repository as the hooks' repository, and a small Go repository
# that uses them.
#
#     cargo build --release
#     scripts/test-pre-commit.sh
#
# PRE_COMMIT  the program                          [default: pre-commit on the PATH]
# GOMAPCHECK  the binary for gomapcheck-system     [default: target/release/gomapcheck]
#
# The hooks of language rust are built from source, once; CARGO_TARGET_DIR lets them share what is compiled already.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
binary=${GOMAPCHECK:-$CARGO_TARGET_DIR/release/gomapcheck}
pre_commit=${PRE_COMMIT:-$(command -v pre-commit || true)}
[ -x "$binary" ] && [ -x "$pre_commit" ] || {
    echo "test-pre-commit: no $binary, or no pre-commit: run cargo build --release, and pip install pre-commit" >&2
    exit 2
}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PRE_COMMIT_HOME=$scratch/home PRE_COMMIT_COLOR=never
export GIT_CONFIG_GLOBAL=$scratch/gitconfig GIT_CONFIG_NOSYSTEM=1
git config --global user.name "A Tester"
git config --global user.email tester@example.com
git config --global init.defaultBranch main
git config --global protocol.file.allow always
passed=0

fail() {
    echo "test-pre-commit: $1" >&2
    cat "$scratch/log" >&2
    exit 1
}

# expect CODE COMMAND...: what it prints stays in $scratch/log.
expect() {
    local expected=$1 code=0
    shift
    "$@" >"$scratch/log" 2>&1 || code=$?
    [ "$code" = "$expected" ] || fail "exit code $code, not $expected: $*"
    passed=$((passed + 1))
}

says() {
    grep -qE -- "$1" "$scratch/log" || fail "it does not say $1"
}

says_no() {
    ! grep -qE -- "$1" "$scratch/log" || fail "it says $1"
}

# The hooks' repository: the files of this one, committed or not.
hooks=$scratch/hooks
mkdir -p "$hooks" "$scratch/bin"
ln -s "$binary" "$scratch/bin/gomapcheck"
git ls-files -z --cached --others --exclude-standard | tar --create --null --files-from=- | tar --extract --directory "$hooks"
git -C "$hooks" init --quiet
git -C "$hooks" add --all
git -C "$hooks" commit --quiet --no-verify --message "the hooks"

# racy NAME: a Go file with one race.
racy() {
    cat <<END
package shop

// $1 counts keys, wrongly.
func $1(keys []string) map[string]int {
	counts := map[string]int{}
	for _, key := range keys {
		go func() {
			counts[key]++
		}()
	}
	return counts
}
END
}

# A Go repository with a race that is there already.
mkdir "$scratch/shop"
cd "$scratch/shop"
git init --quiet
printf 'module example.com/shop\n\ngo 1.24\n' >go.mod
printf 'A shop.\n' >README.md
racy Old >old.go
git add .
git commit --quiet --message "a race that is there already"

racy New >new.go
git add new.go

# Without a build: the binary of the PATH.
system=("$pre_commit" try-repo "$hooks" gomapcheck-system)
PATH=$scratch/bin:$PATH expect 1 "${system[@]}"
says '^gomapcheck-system\.+Failed$'
says '^new\.go:8:4: concurrent-map-write: '
says_no '^old\.go'
git commit --quiet --no-verify --message "a second race"

printf '\n// Price is harmless.\nfunc Price() int { return 1 }\n' >>old.go
git add old.go
PATH=$scratch/bin:$PATH expect 0 "${system[@]}"
says '^gomapcheck-system\.+Passed$'
git commit --quiet --no-verify --message "harmless"

# What is not staged is not looked at: pre-commit puts it aside.
racy Later >later.go
git add later.go
sed 's/counts\[key\]++/_ = key/' later.go >staged.go
mv later.go unstaged.go.txt
mv staged.go later.go
git add later.go
mv unstaged.go.txt later.go
PATH=$scratch/bin:$PATH expect 0 "${system[@]}"
says '^gomapcheck-system\.+Passed$'
git checkout --quiet later.go
git commit --quiet --no-verify --message "later"

printf 'More.\n' >>README.md
git add README.md
PATH=$scratch/bin:$PATH expect 0 "${system[@]}"
says 'no files to check'
git commit --quiet --no-verify --message "no Go"

# Without the binary, pre-commit says so.
racy Next >next.go
git add next.go
PATH=/usr/bin:/bin expect 1 "${system[@]}"
says 'Executable `gomapcheck` not found'

# All hooks of the repository, those from source built by cargo install.
PATH=$scratch/bin:$PATH expect 1 "$pre_commit" try-repo "$hooks"
says '^gomapcheck\.+Failed$'
says '^gomapcheck-full\.+Failed$'
says '^gomapcheck-system\.+Failed$'
[ "$(grep -c '^next\.go:8:4: concurrent-map-write: ' "$scratch/log")" = 3 ] || fail "not all three hooks find the new race"
[ "$(grep -c '^old\.go:8:4: concurrent-map-write: ' "$scratch/log")" = 1 ] || fail "not the full hook alone finds the old race"

# As a team has it: installed, in a commit. The binary is that of the PATH again, which spares a second build.
cat >.pre-commit-config.yaml <<END
repos:
  - repo: $hooks
    rev: $(git -C "$hooks" rev-parse HEAD)
    hooks:
      - id: gomapcheck-system
      - id: gomapcheck-full
        language: system
        stages: [manual]
END
export PATH=$scratch/bin:$PATH
git add .pre-commit-config.yaml
expect 0 "$pre_commit" install --install-hooks
expect 1 git commit --message "a race"
says '^gomapcheck-system\.+Failed$'
says '^next\.go:8:4: '
says_no '^old\.go'
racy Next | sed 's/counts\[key\]++/& \/\/nolint:map-concurrency \/\/ a test/' >next.go
git add next.go
expect 0 git commit --message "a race that is excused"
says '^gomapcheck-system\.+Passed$'

# In continuous integration nothing is changed against HEAD: that is what the full hook is for.
expect 0 "$pre_commit" run --all-files
expect 1 "$pre_commit" run --all-files --hook-stage manual
says '^old\.go:8:4: '
echo "pre-commit: $passed runs as expected"
