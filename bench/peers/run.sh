#!/bin/sh
# The plain workload (README.md here) by every program, in one go, with its counts compared. Needs cargo, g++, Python 3.11 or newer, and PyPI the first time.
#   bench/peers/run.sh [POSTS [MONTHS]]
#   bench/peers/run.sh country     8 million posts, 30 years, all cores: fails above 2 GB or a minute
set -eu
cd "$(dirname "$0")/../.."
out=target/bench/peers
mkdir -p "$out"

# What is shipped is built for any machine of its kind; the comparison is of what each compiler makes of this one.
RUSTFLAGS="-C target-cpu=native" cargo build --release --locked --manifest-path bench/Cargo.toml --target-dir target/bench/native
ours=target/bench/native/release/takeroot-bench

if [ "${1:-}" = country ]; then
    $ours plain 8000000 360 1 takeroot | tee "$out/country.json"
    exec python3 -c 'import json, sys
told = json.load(open(sys.argv[1]))
print("%.1f s, %.0f MB, %.0f million person-months a core-second"
      % (told["wall"], told["peak_mb"], told["posts"] * told["months"] / told["cpu"] / 1e6))
sys.exit(told["wall"] > 60 or told["peak_mb"] > 2000)' "$out/country.json"
fi

posts=${1:-1000000}
months=${2:-120}
cargo build --release --locked --manifest-path bench/Cargo.toml --target-dir target
for program in structs columns; do
    g++ -std=c++17 -O3 -march=native -ffp-contract=off "bench/peers/$program.cpp" -o "$out/$program"
done
if ! "$out/venv/bin/python" -c 'import mesa' 2>/dev/null; then
    python3 -m venv "$out/venv"
    "$out/venv/bin/pip" install --quiet --requirement bench/peers/requirements.txt
fi

# Everything on one thread. Whoever is slow runs at its own size, and the fast ones at that size too.
export RAYON_NUM_THREADS=1 OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1
python="$out/venv/bin/python"
middle=100000
[ "$posts" -gt "$middle" ] || middle=$posts
: >"$out/lines.jsonl"
{
    $ours plain "$posts" "$months" 7 takeroot
    target/release/takeroot-bench plain "$posts" "$months" 7 "takeroot, built for any x86-64"
    "$out/columns" "$posts" "$months" 7
    "$out/structs" "$posts" "$months" 7
    if [ "$middle" -ne "$posts" ]; then
        $ours plain "$middle" "$months" 7 takeroot
        "$out/columns" "$middle" "$months" 7
        "$out/structs" "$middle" "$months" 7
    fi
    "$python" bench/peers/plain_numpy.py "$middle" "$months" 3
    $ours plain 4000 "$months" 7 takeroot
    "$out/structs" 4000 "$months" 7
    "$python" bench/peers/plain_mesa.py 4000 "$months" 3
} >>"$out/lines.jsonl"
python3 bench/peers/compare.py "$out/lines.jsonl"
