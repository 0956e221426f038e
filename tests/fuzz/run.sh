#!/bin/bash
# Runs every fuzz target that was built, $FUZZ_SECONDS each, from the seeds in tests/fuzz/corpus/NAME. A crashing input is
# left in $BUILD/fuzz; put it into the corpus once the fault is mended.
set -u
cd "$(dirname "$0")/../.." || exit 2
build=${BUILD:-build-fuzz} seconds=${FUZZ_SECONDS:-60}
passed=0 failed=0
for source in tests/fuzz/*_fuzz.c; do
    [ -e "$source" ] || continue
    name=$(basename "$source" _fuzz.c)
    mkdir -p "$build/fuzz/$name"
    seeds=()
    [ -d "tests/fuzz/corpus/$name" ] && seeds=("tests/fuzz/corpus/$name")
    if "$build/tests/fuzz/${name}_fuzz" -max_total_time="$seconds" -timeout=5 -rss_limit_mb=1024 -max_len=70000 \
        -artifact_prefix="$build/fuzz/$name-" -print_final_stats=1 "$build/fuzz/$name" "${seeds[@]}" >"$build/fuzz/$name.log" 2>&1; then
        passed=$((passed + 1))
        echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$build/fuzz/$name.log") inputs in $seconds s"
    else
        failed=$((failed + 1))
        tail -n 40 "$build/fuzz/$name.log" | sed 's/^/    /'
        echo "not ok $name: see $build/fuzz/$name.log"
    fi
done
if [ $((passed + failed)) = 0 ]; then
    failed=1
    echo "not ok: there is no fuzz target"
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
