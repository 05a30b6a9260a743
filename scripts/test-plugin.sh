#!/usr/bin/env bash
# Tests the golangci-lint plugin without a module proxy: its two foreign packages are stand-ins, or, where the package
# golang-golang-x-tools-dev is installed, Go's own analysis package.
#
#     cargo build --release
#     scripts/test-plugin.sh
#
# GOMAPCHECK  the binary to run                    [default: target/release/gomapcheck]
# GOCODE      where Debian keeps Go's packages     [default: /usr/share/gocode/src]
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
export GOMAPCHECK=${GOMAPCHECK:-${CARGO_TARGET_DIR:-$root/target}/release/gomapcheck}
[ -x "$GOMAPCHECK" ] || {
    echo "test-plugin: no binary $GOMAPCHECK: run cargo build --release, or name one in GOMAPCHECK" >&2
    exit 2
}
export GOPROXY=off GOFLAGS=-mod=readonly
cd golangci

unformatted=$(gofmt -l .)
[ -z "$unformatted" ] || {
    echo "test-plugin: gofmt would change $unformatted" >&2
    exit 1
}
export GOWORK=$root/golangci/stubs/go.work
go vet ./...
go test -count=1 ./...

tools=${GOCODE:-/usr/share/gocode/src}/golang.org/x/tools
if [ -d "$tools/go/analysis" ]; then
    scratch=$(mktemp -d)
    trap 'rm -rf "$scratch"' EXIT
    mkdir -p "$scratch/tools/go"
    cp -R "$tools/go/analysis" "$scratch/tools/go/"
    printf 'module golang.org/x/tools\n\ngo 1.24.0\n' >"$scratch/tools/go.mod"
    printf 'go 1.24.0\n\nuse (\n\t%s\n\t%s\n\t./tools\n)\n' "$root/golangci" "$root/golangci/stubs/register" >"$scratch/go.work"
    echo "with Go's own analysis package, of $tools:"
    GOWORK=$scratch/go.work go test -count=1 .
else
    echo "no $tools (Debian: golang-golang-x-tools-dev): not tested with Go's own analysis package"
fi

# What the example says must be understood by the binary as well, which shares the file when it is called by itself.
code=0
"$GOMAPCHECK" -C "$root/testdata/quickstart" -c "$root/golangci/example/.golangci.yml" --show-stats=false >/dev/null || code=$?
[ "$code" = 1 ] || {
    echo "test-plugin: exit code $code, not 1, with golangci/example/.golangci.yml" >&2
    exit 1
}
