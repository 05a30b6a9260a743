#!/usr/bin/env bash
# Tests install.sh on a release made of a directory.
#
#     scripts/test-install.sh
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
target=x86_64-unknown-linux-gnu
archive=gomapcheck-$target.tar.gz
passed=0

fail() {
    echo "test-install: $1" >&2
    [ ! -f "$scratch/output" ] || cat "$scratch/output" >&2
    exit 1
}

# make_release DIRECTORY: a release whose binary prints where it comes from.
make_release() {
    mkdir -p "$1" "$scratch/pack/gomapcheck-$target"
    printf '#!/bin/sh\necho "gomapcheck of %s"\n' "${1##*/}" >"$scratch/pack/gomapcheck-$target/gomapcheck"
    tar -czf "$1/$archive" -C "$scratch/pack" "gomapcheck-$target"
    (cd "$1" && sha256sum "$archive" >checksums.txt)
}

# install EXPECTED_CODE ARGUMENTS: runs install.sh; what it says stays in $scratch/output.
install() {
    local expected=$1 code=0
    shift
    GOMAPCHECK_RELEASES=file://$scratch/releases "$root/install.sh" "$@" >"$scratch/output" 2>&1 || code=$?
    [ "$code" = "$expected" ] || fail "exit code $code, not $expected: install.sh $*"
    passed=$((passed + 1))
}

says() {
    grep -qF -- "$1" "$scratch/output" || fail "it does not say: $1"
}

make_release "$scratch/releases/download/v0.1.0"
make_release "$scratch/releases/latest/download"

for version in 0.1.0 v0.1.0; do
    rm -rf "${scratch:?}/bin"
    install 0 -b "$scratch/bin" -t "$target" "$version"
    [ "$("$scratch/bin/gomapcheck")" = "gomapcheck of v0.1.0" ] || fail "$version is not installed"
done
install 0 -b "$scratch/bin" -t "$target"
[ "$("$scratch/bin/gomapcheck")" = "gomapcheck of download" ] || fail "latest is not installed over the other"
[ "$(ls -A "$scratch/bin")" = gomapcheck ] || fail "something is left beside the binary"

# A damaged or foreign archive is not installed.
make_release "$scratch/releases/download/v0.2.0"
echo damage >>"$scratch/releases/download/v0.2.0/$archive"
install 1 -b "$scratch/other" -t "$target" 0.2.0
says "but the release says"
[ ! -e "$scratch/other" ] || fail "a damaged binary is installed"
echo "0000  something-else.tar.gz" >"$scratch/releases/download/v0.2.0/checksums.txt"
install 1 -b "$scratch/other" -t "$target" 0.2.0
says "does not list $archive: nothing is installed"

install 1 -b "$scratch/other" -t "$target" 0.3.0
says "cannot download file://$scratch/releases/download/v0.3.0/checksums.txt"
install 1 -b "$scratch/other" -t riscv64-unknown-linux-gnu 0.1.0
says "does not list gomapcheck-riscv64-unknown-linux-gnu.tar.gz"
install 1 -b "$scratch/other" '0.1.0;$(touch x)/..'
says "is no version"
install 1 -x
says "usage: install.sh"

# The system's own name.
mkdir -p "$scratch/fake"
printf '#!/bin/sh\ncase $1 in -m) echo sparc ;; *) echo SunOS ;; esac\n' >"$scratch/fake/uname"
chmod +x "$scratch/fake/uname"
PATH=$scratch/fake:$PATH install 1 -b "$scratch/other"
says "there is no binary for sparc machines"
if [ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] && ! ls /lib/ld-musl-* >/dev/null 2>&1; then
    install 0 -b "$scratch/bin" 0.1.0
fi
echo "install.sh: $passed installations as expected"
