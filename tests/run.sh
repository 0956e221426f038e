#!/bin/bash
# Runs the tests that were built and sums them up in one last line, "N passed, N failed" (", N skipped").
#
#   tests/run.sh [GROUP...]             groups: unit store templates web browser lint; all of them when none is named
#   tests/run.sh --stack-only COMMAND   runs a command beside a test stack with the sample town
#   BUILD=build ONLY=word tests/run.sh  another build folder; only the test programs whose name contains the word
#
# A test program prints its failures and ends with a line of the same form; one that crashes, hangs or says nothing counts
# as a failure. What each printed is kept in $BUILD/test-output.
#
# Environment of the tests, all paths absolute: SHUINUO_TOP SHUINUO_BUILD SHUINUO_SCHEMA_DIR SHUINUO_TEMPLATE_DIR;
# store: SHUINUO_TEST_SOCKET, an empty MariaDB whose root is the operating system's user; web and browser: SHUINUO_URL and
# SHUINUO_VAR, the stack of conf/run/run.sh --test with the sample town.
set -u
cd "$(dirname "$0")/.." || exit 2
top=$(pwd -P)
build=${BUILD:-build}
case $build in /*) ;; *) build=$top/$build ;; esac
only=${ONLY:-}
# shellcheck source=conf/run/database.sh
. conf/run/database.sh

export SHUINUO_TOP=$top SHUINUO_BUILD=$build SHUINUO_SCHEMA_DIR=$top/schema SHUINUO_TEMPLATE_DIR=$top/templates
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_leaks=1:abort_on_error=1:detect_stack_use_after_return=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1:halt_on_error=1:abort_on_error=1}

passed=0 failed=0 skipped=0
scratch=$(mktemp -d "${TMPDIR:-/tmp}/shuinuo-test-XXXXXX") || exit 2
output=$build/test-output
mkdir -p "$output"
database_pid="" stack=no

clean_up() {
    if [ "$stack" = yes ]; then bash conf/run/run.sh --stop --var "$scratch/var" >/dev/null; fi
    if [ -n "$database_pid" ]; then
        kill -TERM "$database_pid" 2>/dev/null
        wait "$database_pid" 2>/dev/null
    fi
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT TERM HUP

# failure NAME WORDS: one failure that no test program counted itself.
failure() {
    failed=$((failed + 1))
    echo "not ok $1: $2"
}

# how_it_ended CODE SECONDS
how_it_ended() {
    case $1 in
    124 | 137) echo "it did not end within $2 s" ;;
    129 | 13[0-9] | 14[0-9] | 15[0-9]) echo "it crashed with signal $(kill -l $(($1 - 128)))" ;;
    *) echo "it ended with code $1 and without the closing line" ;;
    esac
}

# count NAME CODE SECONDS LOG P F S: adds one program's result; P empty means it said nothing.
count() {
    local name=$1 code=$2 seconds=$3 log=$4 p=$5 f=$6 s=$7
    if [ -z "$p" ]; then
        tail -n 25 "$log" | sed 's/^/    /'
        failure "$name" "$(how_it_ended "$code" "$seconds")"
        return
    fi
    passed=$((passed + p)) failed=$((failed + f)) skipped=$((skipped + s))
    if [ "$f" = 0 ] && [ "$code" != 0 ]; then
        tail -n 25 "$log" | sed 's/^/    /'
        failure "$name" "it counts no failure, but ended with code $code"
    elif [ "$p" = 0 ] && [ "$f" = 0 ] && [ "$s" = 0 ]; then
        failure "$name" "it ran no test"
    fi
    echo "$name: $p passed, $f failed$([ "$s" = 0 ] || echo ", $s skipped")"
}

# run_program NAME SECONDS COMMAND...: a program that prints "not ok …", "skipped …" and the closing line.
run_program() {
    local name=$1 seconds=$2 log code counts
    shift 2
    log=$output/${name//\//-}.log
    timeout --kill-after=5 "$seconds" "$@" >"$log" 2>&1 </dev/null
    code=$?
    grep -E -A 2 '^(not ok|skipped) ' "$log" | awk '/^(not ok|skipped) / || /^    /' | head -n 120
    counts=$(sed -n -E 's/^([0-9]+) passed, ([0-9]+) failed(, ([0-9]+) skipped)?$/\1 \2 0\4/p' "$log" | tail -n 1)
    # shellcheck disable=SC2046,SC2086  # three words, or none
    set -- $counts
    count "$name" "$code" "$seconds" "$log" "${1:-}" "${2:-}" "$((10#${3:-0}))"
}

# run_node NAME SECONDS FILE: a node:test file, run by itself, read as TAP.
run_node() {
    local name=$1 seconds=$2 file=$3 log code p f s cancelled
    log=$output/${name//\//-}.log
    timeout --kill-after=10 "$seconds" node --test-reporter=tap "$file" >"$log" 2>&1 </dev/null
    code=$?
    awk '/^ *not ok / { show = 1 } show { print } /^ *\.\.\.$/ { show = 0 }' "$log" | grep -vE '^ *(---|\.\.\.|duration_ms:.*|type:.*)$' | head -n 150
    grep -E '^ *ok .* # SKIP' "$log" | sed -E 's/^ *ok [0-9]+ - (.*) # SKIP ?(.*)$/skipped \1: \2/'
    p=$(sed -n 's/^# pass //p' "$log" | tail -n 1)
    f=$(sed -n 's/^# fail //p' "$log" | tail -n 1)
    s=$(sed -n 's/^# skipped //p' "$log" | tail -n 1)
    cancelled=$(sed -n 's/^# cancelled //p' "$log" | tail -n 1)
    count "$name" "$code" "$seconds" "$log" "$p" "$((${f:-0} + ${cancelled:-0}))" "${s:-0}"
    if grep -qE '^ *ok .* # SKIP *$' "$log"; then failure "$name" "a test was skipped without a reason"; fi
}

# each_program GROUP SECONDS: the C tests of a folder.
each_program() {
    local source name found=no
    for source in tests/"$1"/*_test.c; do
        [ -e "$source" ] || continue
        name=$1/$(basename "$source" .c)
        case $name in *"$only"*) ;; *) continue ;; esac
        found=yes
        if [ -x "$build/tests/$name" ]; then
            run_program "$name" "$2" "$build/tests/$name"
        else
            failure "$name" "it was not built"
        fi
    done
    [ "$found" = yes ]
}

each_node() {
    local file name found=no
    for file in tests/"$1"/*.test.js; do
        [ -e "$file" ] || continue
        name=$1/$(basename "$file")
        case $name in *"$only"*) ;; *) continue ;; esac
        found=yes
        run_node "$name" "$2" "$file"
    done
    [ "$found" = yes ]
}

# A group without a single test is a mistake, except when only some were asked for.
empty_group() { [ -n "$only" ] || failure "$1" "the group has no tests"; }

start_database() {
    local words
    [ -z "$database_pid" ] || return 0
    mkdir "$scratch/run" # $scratch itself is private
    database_create "$scratch/db" "$output/database.log" || return 1
    database_command "$scratch/db" "$scratch/run/db.sock" "$output/database.log"
    words=("${database_words[@]}")
    setsid setpriv --pdeathsig TERM -- "${words[@]}" >>"$output/database.log" 2>&1 </dev/null &
    database_pid=$!
    database_wait "$scratch/run/db.sock" "$database_pid" 60
}

group_store() {
    if ! start_database; then
        tail -n 15 "$output/database.log" | sed 's/^/    /'
        failure store "the database did not start"
        return
    fi
    SHUINUO_TEST_SOCKET=$scratch/run/db.sock each_program store 600 || empty_group store
}

start_stack() {
    local url
    [ "$stack" = no ] || return 0
    url=$(bash conf/run/run.sh --test --build "$build" --var "$scratch/var" --port 0 --sample 1 --workers 4 --owner $$ 2>"$output/stack.log") || return 1
    stack=yes
    export SHUINUO_URL=$url SHUINUO_VAR=$scratch/var
}

# Each group has a stack of its own, with the sample town as it was made.
with_stack() {
    if ! start_stack; then
        sed 's/^/    /' "$output/stack.log" | tail -n 30
        failure "$1" "the test stack did not start"
        return
    fi
    each_node "$1" 1500 || empty_group "$1"
    bash conf/run/run.sh --stop --var "$scratch/var" >/dev/null
    stack=no
    cp "$scratch"/var/log/*.log "$output/" 2>/dev/null
    sanitizer_findings
    rm -rf "${scratch:?}/var"
}

# Programs of a sanitized build write what they find into their logs, leaks at their end.
sanitizer_findings() {
    local log
    for log in "$scratch"/var/log/*.log; do
        if grep -qE 'ERROR: (Address|Leak)Sanitizer|runtime error:' "$log"; then
            grep -E -A 12 'ERROR: (Address|Leak)Sanitizer|runtime error:' "$log" | head -n 40 | sed 's/^/    /'
            failure "$(basename "$log" .log)" "the sanitizer found an error while it served"
        fi
    done
}

group_lint() {
    local script name
    for script in tests/lint/*.sh; do
        name=lint/$(basename "$script" .sh)
        case $name in *"$only"*) run_program "$name" 300 bash "$script" ;; esac
    done
}

if [ "${1:-}" = --stack-only ]; then
    shift
    start_stack || { cat "$output/stack.log" >&2 && exit 1; }
    "$@"
    exit
fi

[ $# -gt 0 ] || set -- lint unit store templates web browser
for group in "$@"; do
    case $group in
    unit) each_program unit 300 || empty_group unit ;;
    templates)
        each_program templates 300
        programs=$?
        each_node templates 300 || [ "$programs" = 0 ] || empty_group templates
        ;;
    store) group_store ;;
    web | browser) with_stack "$group" ;;
    lint) group_lint ;;
    *) failure "$group" "no group of tests is called so" ;;
    esac
done

echo
line="$passed passed, $failed failed"
[ "$skipped" = 0 ] || line="$line, $skipped skipped"
echo "$line"
[ "$failed" = 0 ]
