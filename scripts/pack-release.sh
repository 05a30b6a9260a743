#!/usr/bin/env bash
# Packs a built binary as a release has it: gomapcheck-TARGET.tar.gz (.zip for Windows), one directory inside.
#
#     scripts/pack-release.sh TARGET DIRECTORY_OF_THE_BINARY OUTPUT_DIRECTORY
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
target=$1
built=$2
output=$3

name=gomapcheck-$target
staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
mkdir -p "$staging/$name" "$output"
cp "$root"/README.md "$root"/CHANGELOG.md "$root"/LICENSE-APACHE "$root"/LICENSE-MIT "$staging/$name/"
case $target in
*-windows-*)
    cp "$built/gomapcheck.exe" "$staging/$name/"
    archive=$(cd "$output" && pwd)/$name.zip
    if command -v zip >/dev/null; then
        (cd "$staging" && zip -qr "$archive" "$name")
    else
        (cd "$staging" && 7z a -bso0 "$archive" "$name")
    fi
    ;;
*)
    cp "$built/gomapcheck" "$staging/$name/"
    tar -czf "$output/$name.tar.gz" -C "$staging" "$name"
    ;;
esac
