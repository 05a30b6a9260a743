#!/bin/sh
# Installs the gomapcheck binary of a release, after comparing its SHA-256 with the release's list.
#
#     curl -sSfL https://raw.githubusercontent.com/gomapcheck/gomapcheck/main/install.sh | sh -s -- -b DIR [VERSION]
#
# -b DIR     where to put it                     [default: ./bin]
# -t TARGET  for which system                    [default: this one]
# VERSION    such as 0.1.0 or v0.1.0             [default: latest]
#
# GOMAPCHECK_RELEASES  where releases are        [default: https://github.com/gomapcheck/gomapcheck/releases]
set -eu

releases=${GOMAPCHECK_RELEASES:-https://github.com/gomapcheck/gomapcheck/releases}
directory=./bin
target=

fail() {
    echo "gomapcheck install: $1" >&2
    exit 1
}

usage="usage: install.sh [-b DIR] [-t TARGET] [VERSION]
  -b DIR     where to put the binary     [default: ./bin]
  -t TARGET  for which system            [default: this one]
  VERSION    such as 0.1.0               [default: latest]"

# The system's name in the archives. Where the C library is musl, as on Alpine, the binary is a static one.
this_target() {
    case $(uname -m) in
    x86_64 | amd64) machine=x86_64 ;;
    aarch64 | arm64) machine=aarch64 ;;
    *) fail "there is no binary for $(uname -m) machines: build it with cargo install --git https://github.com/gomapcheck/gomapcheck" ;;
    esac
    case $(uname -s) in
    Linux)
        for loader in /lib/ld-musl-*; do
            [ ! -e "$loader" ] || { echo "$machine-unknown-linux-musl" && return; }
        done
        echo "$machine-unknown-linux-gnu"
        ;;
    Darwin) echo "$machine-apple-darwin" ;;
    MINGW* | MSYS* | CYGWIN* | Windows_NT) echo "$machine-pc-windows-msvc" ;;
    *) fail "there is no binary for $(uname -s): build it with cargo install --git https://github.com/gomapcheck/gomapcheck" ;;
    esac
}

# download FILE: into the scratch directory.
download() {
    if command -v curl >/dev/null; then
        curl --silent --show-error --fail --location --retry 3 --output "$scratch/$1" "$from/$1"
    elif command -v wget >/dev/null; then
        wget --quiet --output-document="$scratch/$1" "$from/$1"
    else
        fail "there is neither curl nor wget"
    fi || fail "cannot download $from/$1"
}

sha256() {
    if command -v sha256sum >/dev/null; then
        sha256sum "$1"
    elif command -v shasum >/dev/null; then
        shasum -a 256 "$1"
    else
        fail "there is neither sha256sum nor shasum to check the download with"
    fi | cut -d ' ' -f 1
}

while getopts b:t:h option; do
    case $option in
    b) directory=$OPTARG ;;
    t) target=$OPTARG ;;
    h) echo "$usage" && exit ;;
    *) fail "$usage" ;;
    esac
done
shift $((OPTIND - 1))
version=${1:-latest}

case $version in
latest) from=$releases/latest/download ;;
*[!0-9A-Za-z.+-]*) fail "$version is no version: write latest, or one such as 0.1.0" ;;
*) from=$releases/download/v${version#v} ;;
esac

[ -n "$target" ] || target=$(this_target)
case $target in
*-windows-*) archive=gomapcheck-$target.zip program=gomapcheck.exe ;;
*) archive=gomapcheck-$target.tar.gz program=gomapcheck ;;
esac

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
download checksums.txt
expected=$(awk -v name="$archive" '{ sub(/^\*/, "", $2) } $2 == name { print $1 }' "$scratch/checksums.txt")
[ -n "$expected" ] || fail "$from/checksums.txt does not list $archive: nothing is installed"
download "$archive"
actual=$(sha256 "$scratch/$archive")
[ "$actual" = "$expected" ] || fail "$archive has the SHA-256 $actual, but the release says $expected: nothing is installed"

case $archive in
*.zip) unzip -q "$scratch/$archive" -d "$scratch" ;;
*) tar -xzf "$scratch/$archive" -C "$scratch" ;;
esac
[ -f "$scratch/gomapcheck-$target/$program" ] || fail "$archive holds no gomapcheck-$target/$program"

# Into place in one step, so that no one ever starts half a binary.
mkdir -p "$directory"
cp "$scratch/gomapcheck-$target/$program" "$directory/.$program.new"
chmod 755 "$directory/.$program.new"
mv -f "$directory/.$program.new" "$directory/$program"
echo "installed $directory/$program"
