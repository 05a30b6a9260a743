#!/usr/bin/env bash
# Builds the Python wheel, installs it into an environment of its own, and runs what it brings.
#
#     scripts/test-wheel.sh
#
# It uses Cargo's release build, whose directory CARGO_TARGET_DIR names, and PyPI, for maturin.
set -euo pipefail
cd "$(dirname "$0")/.."

root=$PWD
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}
export PIP_DISABLE_PIP_VERSION_CHECK=1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

fail() {
    echo "test-wheel: $1" >&2
    exit 1
}

python3 -m venv "$scratch/environment"
python=$scratch/environment/bin/python
"$python" -m pip wheel --quiet --no-deps --wheel-dir "$scratch/wheels" .
"$python" -m pip install --quiet --no-index "$scratch"/wheels/gomapcheck-*.whl

version=$(sed -n 's/^version = "\(.*\)"/\1/p' Cargo.toml | head -n 1)
for command in "$scratch/environment/bin/gomapcheck" "$python -m gomapcheck"; do
    # shellcheck disable=SC2086  # a command and its arguments
    printed=$($command version)
    [ "$printed" = "gomapcheck $version" ] || fail "$command version printed '$printed', not 'gomapcheck $version'"
    code=0
    # shellcheck disable=SC2086  # a command and its arguments
    $command -C testdata/quickstart --show-stats=false ./... >"$scratch/findings" || code=$?
    [ "$code" = 1 ] || fail "$command ended with $code, not 1"
    grep -q '^words/words.go:[0-9]*:[0-9]*: concurrent-map-write: ' "$scratch/findings" ||
        fail "$command found nothing in words/words.go"
done

# Away from its environment's scripts, the package must find the binary beside it.
"$python" -m pip install --quiet --no-index --target "$scratch/aside" "$scratch"/wheels/gomapcheck-*.whl
PYTHONPATH=$scratch/aside python3 -m gomapcheck version >/dev/null || fail "pip install --target: no binary found"
echo "the wheel installs, and its command and module run"
