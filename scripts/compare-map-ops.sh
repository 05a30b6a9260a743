#!/bin/sh
# Holds `gomapcheck dump map-ops` against go/types on whole trees: Go's own src and the Debian packages that are installed,
# without and with tests, and once more with all dependencies hidden. Needs Go and python3.
#
#     cargo build --release
#     scripts/compare-map-ops.sh                      # all trees
#     scripts/compare-map-ops.sh go go.etcd.io/etcd   # these
#
# GOMAPCHECK  the binary to judge                  [default: target/release/gomapcheck]
# ORACLE      the directory with mapops.go and compare_mapops.py  [default: ../shared/oracle]
# GOCODE      the GOPATH with Debian's packages    [default: /usr/share/gocode]
# SHOW        how many differences to print        [default: 5]
# Exits 1 when a tree falls below the figures that the project holds.
set -eu

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
binary=${GOMAPCHECK:-${CARGO_TARGET_DIR:-$root/target}/release/gomapcheck}
oracle=${ORACLE:-$root/../shared/oracle}
gocode=${GOCODE:-/usr/share/gocode}
show=${SHOW:-5}

fail() {
    echo "compare-map-ops: $1" >&2
    exit 2
}

[ -x "$binary" ] || fail "no binary $binary: run cargo build --release, or name one in GOMAPCHECK"
[ -f "$oracle/mapops.go" ] || fail "no $oracle/mapops.go: name in ORACLE the directory that holds the oracle"
command -v go >/dev/null || fail "go is not on the PATH"

goroot=$(go env GOROOT)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$oracle/mapops.go" "$oracle/go.mod" "$work"
(cd "$work" && go build -o mapops .)
status=0

# judge NAME ROOT TESTS MIN-RECALL ORACLE-FLAGS...
judge() {
    name=$1 directory=$2 tests=$3 recall=$4
    shift 4
    "$work/mapops" "$@" "$directory" >"$work/truth" 2>/dev/null
    printf '\n== %s, tests %s\n' "$name" "$tests"
    ours --goroot="$goroot" --gopath="$gocode"
    compare --min-recall "$recall" --min-precision 99.9 || status=1
    if [ "$name" != go ]; then
        echo "-- dependencies hidden"
        ours --goroot="$work/none" --gopath="$work/none"
        compare --min-precision 99.9 || status=1
    fi
}

# ours FLAGS...
ours() {
    "$binary" dump map-ops -C "$directory" --goos=linux --goarch=amd64 --cgo=false --tests="$tests" "$@" ./... \
        >"$work/judged" 2>/dev/null || true
}

compare() {
    python3 "$oracle/compare_mapops.py" "$work/truth" "$work/judged" --show "$show" "$@"
}

[ $# -gt 0 ] || set -- go go.etcd.io/etcd github.com/nats-io/nats-server github.com/syncthing/syncthing \
    github.com/docker/docker google.golang.org/grpc github.com/rclone/rclone github.com/containerd/containerd

for tree in "$@"; do
    if [ "$tree" = go ]; then
        judge go "$goroot/src" false 99.7
        judge go "$goroot/src" true 99.7 -tests
    elif [ -d "$gocode/src/$tree" ]; then
        judge "$tree" "$gocode/src/$tree" false 99.5 -gopath "$gocode"
        judge "$tree" "$gocode/src/$tree" true 99.5 -tests -gopath "$gocode"
    else
        printf '\n== %s: not installed, skipped\n' "$tree"
    fi
done
exit $status
