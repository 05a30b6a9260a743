#!/usr/bin/env bash
# Who finds what in testdata: gomapcheck, go vet and, if it is there, staticcheck, over every module, as a Markdown table.
#
#   scripts/neighbours.sh                     # target/release/gomapcheck, go and staticcheck on the PATH
#   GOMAPCHECK=… STATICCHECK=… scripts/neighbours.sh
#
# "same line" counts places that gomapcheck and one of the others report both.
set -euo pipefail
cd "$(dirname "$0")/.."
gomapcheck=$(realpath "${GOMAPCHECK:-target/release/gomapcheck}")
staticcheck=${STATICCHECK:-$(command -v staticcheck || true)}
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# FILE:LINE of each report on standard input, each once.
places() { grep -Eo '^[^ :#][^:]*\.go:[0-9]+' | sed 's|^\./||' | sort -u; }
# How many lines two lists of places share.
shared() { comm -12 "$1" "$2" | wc -l; }

echo "| module | gomapcheck | vet: copylocks, loopclosure, waitgroup | vet: all | staticcheck: SA2 | staticcheck: default | same line |"
echo "| --- | --- | --- | --- | --- | --- | --- |"
for module in testdata/*/go.mod; do
    cd "$(dirname "$module")"
    name=$(basename "$PWD")
    "$gomapcheck" --no-config --show-stats=false --output.text.print-issued-lines=false ./... 2>/dev/null |
        places >"$scratch/ours" || true
    go vet -copylocks -loopclosure -waitgroup ./... 2>&1 | places >"$scratch/vet" || true
    go vet ./... 2>&1 | places >"$scratch/vet-all" || true
    concurrency="-" default="-"
    : >"$scratch/static"
    : >"$scratch/static-all"
    if [ -n "$staticcheck" ]; then
        "$staticcheck" -checks 'SA2*' ./... 2>&1 | places >"$scratch/static" || true
        "$staticcheck" ./... 2>&1 | places >"$scratch/static-all" || true
        concurrency=$(wc -l <"$scratch/static") default=$(wc -l <"$scratch/static-all")
    fi
    sort -u "$scratch"/{vet-all,static-all,static} >"$scratch/others"
    echo "| \`$name\` | $(wc -l <"$scratch/ours") | $(wc -l <"$scratch/vet") | $(wc -l <"$scratch/vet-all") |" \
        "$concurrency | $default | $(shared "$scratch/ours" "$scratch/others") |"
    cd - >/dev/null
done
