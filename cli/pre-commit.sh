#!/bin/sh
# Runs byname out of the checkout that pre-commit keeps of it; the first run builds it.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
exec cargo run --quiet --release --locked --manifest-path "$root/Cargo.toml" -- "$@"
