#!/bin/sh
# Recall and quiet on GoBench's GoKer kernels, which boil real concurrency bugs down to one file each: those that race on a
# map must be reported at the default confidence, the others must not.
#
#     git clone https://github.com/timmyyuan/gobench
#     cargo build --release
#     GOBENCH=gobench scripts/bench-goker.sh
#
# GOBENCH     a checkout of the benchmark
# GOMAPCHECK  the binary to measure                [default: target/release/gomapcheck]
# FLAGS       its further flags
# Ends with 1 when a kernel is missed or falsely reported.
set -eu

# The kernels in which the detector's report shows a map. The others that mention maps race on something else: a field of
# a map's element (kubernetes/81148, istio/16742, serving/6472) or the pointer to the map's owner (kubernetes/82550).
racing="etcd/9446 kubernetes/79631 kubernetes/82239"

root=$(CDPATH= cd -- "$(dirname -- "$0")/.." && pwd)
binary=${GOMAPCHECK:-${CARGO_TARGET_DIR:-$root/target}/release/gomapcheck}

fail() {
    echo "bench-goker: $1" >&2
    exit 2
}

[ -x "$binary" ] || fail "no binary $binary: run cargo build --release, or name one in GOMAPCHECK"
kernels=${GOBENCH:-}/gobench/goker
[ -d "$kernels" ] || fail "no $kernels: name in GOBENCH a checkout of github.com/timmyyuan/gobench"

# The kernels have no go.mod of their own; they are of the time of Go 1.14.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -R "$kernels" "$scratch/goker"
printf 'module goker\n\ngo 1.14\n' >"$scratch/goker/go.mod"
code=0
# shellcheck disable=SC2086  # flags are words
(cd "$scratch/goker" && "$binary" run ${FLAGS:-} --show-stats=false ./...) >"$scratch/findings" || code=$?
[ "$code" -le 1 ] || fail "the binary ended with $code"
grep -E '^[^[:space:]].*\(map-concurrency\)$' "$scratch/findings" >"$scratch/lines" || :

is_reported() {
    grep -q "^\(non\)\{0,1\}blocking/$1/" "$scratch/lines"
}

caught=0 missed=0 false=0 quiet=0
for directory in "$kernels"/*/*/*; do
    kernel=$(basename "$(dirname "$directory")")/$(basename "$directory")
    case " $racing " in
    *" $kernel "*)
        if is_reported "$kernel"; then
            caught=$((caught + 1))
            echo "caught  $kernel"
        else
            missed=$((missed + 1))
            echo "missed  $kernel"
        fi
        ;;
    *)
        if is_reported "$kernel"; then
            false=$((false + 1))
            echo "false   $kernel"
        else
            quiet=$((quiet + 1))
        fi
        ;;
    esac
done
echo "kernels that race on a map: $caught caught, $missed missed; other kernels: $quiet silent, $false falsely reported"
[ "$missed" = 0 ] && [ "$false" = 0 ]
