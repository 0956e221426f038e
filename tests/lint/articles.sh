#!/bin/bash
# Every article that the regulation's rows name has a test named after it (art14_4_1_faulty_meter_…).
#   tests/lint/articles.sh --map    lists which test proves which article
. "$(dirname "$0")/lint.bash"

# The articles of rules and categories, as tests are named: 14(4)1 is art14_4_1. Article 3 sets no limit: the one for dispatching is
# the operations department's own.
articles() {
    files schema/regulation.sql | xargs -r sed -n -E "s/^ *\([0-9]+, '[a-z0-9_]+', '([0-9]+[()0-9]*)', .*/\1/p" | sort -u |
        sed -E 's/[()]+/_/g; s/_$//; s/^/art/' | grep -vx art3
}

# ARTICLE TAB FILE TAB TEST
tests_named() {
    local file
    for file in $(files tests/unit/*_test.c tests/store/*_test.c tests/web/*.test.js tests/browser/*.test.js); do
        grep -noE "\bart[0-9]+[a-z0-9_]*( [^'\`]*)?" "$file" | awk -v file="$file" '
            { sub(/^[0-9]+:/, ""); words = $0
              while (match(words, /(^| )art[0-9]+(_[0-9]+)*/)) {
                  article = substr(words, RSTART, RLENGTH); sub(/^ /, "", article)
                  print article "\t" file "\t" $0
                  words = substr(words, RSTART + RLENGTH)
              } }'
    done | sort -u -V
}

findings() {
    local article
    tests_named >"$lint_scratch/tests"
    for article in $(articles); do
        grep -qE "^$article(_|	)" "$lint_scratch/tests" || echo "article-tested schema/regulation.sql:1: no test is named $article…"
    done
}

if [ "${1:-}" = --map ]; then
    cd "$lint_top" || exit 2
    tests_named | awk -F '\t' '$1 != last { printf "%s%s\n", last == "" ? "" : "\n", $1; last = $1 } { printf "    %s: %s\n", $2, $3 }'
    exit
fi

rule article-tested "an article of the regulation's rows without a test named after it"

with schema/regulation.sql <<'SAMPLE'
    (15, 'faulty_meter', '14(4)1', 5, 14,
SAMPLE
bad article-tested tests/unit/clock_test.c <<'SAMPLE'
    static void art14_4_2_theft_is_due_36_h(void)
SAMPLE
with schema/regulation.sql <<'SAMPLE'
    (15, 'faulty_meter', '14(4)1', 5, 14,
SAMPLE
good tests/unit/clock_test.c <<'SAMPLE'
    static void art14_4_1_faulty_meter_is_due_36_h(void)
SAMPLE
finish
