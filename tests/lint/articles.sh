#!/bin/bash
# Every article that the regulation's rows name has a test named after it (art14_4_1_faulty_meter_…).
#   tests/lint/articles.sh --map      lists which test proves which article
#   tests/lint/articles.sh --readme   writes the table of README from the tests' names
. "$(dirname "$0")/lint.bash"

# The articles of rules and categories, as tests are named: 14(4)1 is art14_4_1. Article 3 sets no limit: the one for dispatching is
# the operations department's own.
articles() {
    files schema/regulation.sql | xargs -r sed -n -E "s/^ *\([0-9]+, '[a-z0-9_]+', '([0-9]+[()0-9]*)', .*/\1/p" | sort -u |
        sed -E 's/[()]+/_/g; s/_$//; s/^/art/' | grep -vx art3
}

# ARTICLE TAB FILE TAB TEST: names of tests say art12, article_12, articles_12_and_34_3, "Art. 14(4)1" or "Arts. 9, 34(3)".
tests_named() {
    local file
    for file in $(files tests/unit/*_test.c tests/store/*_test.c tests/templates/*_test.c tests/web/*.test.js tests/browser/*.test.js); do
        sed -n -E "
            s/^ *(TEST\\(|check_casef?\\(\")([^\")]*(\\([0-9]+\\)[^\")]*)*).*/\\2/p
            s/^ *(static void|\\{) *\"?(art[0-9][a-z0-9_]*).*/\\2/p
            s/^ *(await )?(t\\.)?(test|both|it|describe)\\(['\"\`]([^'\"\`]*).*/\\4/p" "$file" |
            awk -v file="$file" '
            { rest = $0
              while (match(rest, /(^|[^A-Za-z])[Aa]rt(icle)?s?[._ ]? ?[0-9]+/)) {
                  rest = substr(rest, RSTART)
                  sub(/^[^A-Za-z]?[Aa]rt(icle)?s?[._ ]? ?/, "", rest)
                  do {
                      match(rest, /^[0-9]+(\([0-9]+\)[0-9]*|_[0-9]+)*/)
                      article = substr(rest, 1, RLENGTH); rest = substr(rest, RLENGTH + 1)
                      gsub(/[()]+/, "_", article); sub(/_$/, "", article)
                      print "art" article "\t" file "\t" $0
                  } while (sub(/^(, | and |, and |_and_|–)/, "", rest) && rest ~ /^[0-9]/)
              } }'
    done | sort -u -V
}

# The table of README: each article, and the tests that are named after it, counted by file.
readme_table() {
    printf '| Article | | Proved by |\n| --- | --- | --- |\n'
    awk -F '\t' '
        FNR == NR { article = $1; sub(/^art/, "", article); sub(/_.*/, "", article)
                    if (!((article, $2) in count)) { order[article] = order[article] " " $2 }
                    if (!seen[article, $2, $3]++) count[article, $2]++
                    next }
        { split($0, word, " "); article = word[1]; words = substr($0, length(article) + 2)
          n = split(order[article], file, " "); cell = ""
          for (i = 1; i <= n; i++) {
              name = file[i]; sub(/^tests\//, "", name); sub(/(_test\.c|\.test\.js)$/, "", name)
              cell = cell (i > 1 ? ", " : "") "[" name "](" file[i] ") " count[article, file[i]]
          }
          print "| " article " | " words " | " (cell == "" ? "–" : cell) " |" }' "$lint_scratch/tests" tests/lint/articles.txt
}

# The twenty ways in which deadline clocks failed elsewhere: each has a test named clock_failure_N_… or clock_failures_N_and_M_….
CLOCK_FAILURES=20
clock_failures_without_test() {
    local n
    files tests/unit/*_test.c tests/store/*_test.c | xargs -r sed -n -E 's/^TEST\(([a-z0-9_]*clock_failures?_[a-z0-9_]*).*/\1/p' >"$lint_scratch/failures"
    for ((n = 1; n <= CLOCK_FAILURES; n++)); do
        grep -qE "clock_failures?_([0-9]+_and_)*${n}_" "$lint_scratch/failures" || echo "clock-failure tests/store/clerk_test.c:1: no test is named clock_failure_${n}_…"
    done
}

readme_block() { sed -n '/^<!-- articles -->$/,/^<!-- end of articles -->$/p' README.md | sed '1d;$d'; }

findings() {
    local article
    tests_named >"$lint_scratch/tests"
    for article in $(articles); do
        grep -qE "^$article(_|	)" "$lint_scratch/tests" || echo "article-tested schema/regulation.sql:1: no test is named $article…"
    done
    if [ -f tests/store/clerk_test.c ]; then clock_failures_without_test; fi
    if [ -f README.md ] && [ -n "$(readme_block)" ] && [ "$(readme_block)" != "$(readme_table)" ]; then
        echo "article-table README.md:1: its table of articles differs from the tests' names; run make articles"
    fi
}

if [ "${1:-}" = --readme ]; then
    cd "$lint_top" || exit 2
    tests_named >"$lint_scratch/tests"
    readme_table >"$lint_scratch/table"
    awk -v table="$lint_scratch/table" '
        /^<!-- end of articles -->$/ { while ((getline line <table) > 0) print line; inside = 0 }
        !inside { print }
        /^<!-- articles -->$/ { inside = 1 }' README.md >"$lint_scratch/readme" && cat "$lint_scratch/readme" >README.md
    exit
fi

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
rule article-table "README's table of articles is not what the tests' names say"

with tests/lint/articles.txt <<'SAMPLE'
12 accepted within 20 minutes
SAMPLE
with tests/web/desk.test.js <<'SAMPLE'
test('Arts. 9, 12: taken within 20 minutes', async () => {});
SAMPLE
bad article-table README.md <<'SAMPLE'
<!-- articles -->
| Article | | Proved by |
| --- | --- | --- |
| 12 | accepted within 20 minutes | – |
<!-- end of articles -->
SAMPLE
with tests/lint/articles.txt <<'SAMPLE'
12 accepted within 20 minutes
SAMPLE
with tests/web/desk.test.js <<'SAMPLE'
test('Arts. 9, 12: taken within 20 minutes', async () => {});
SAMPLE
good README.md <<'SAMPLE'
<!-- articles -->
| Article | | Proved by |
| --- | --- | --- |
| 12 | accepted within 20 minutes | [web/desk](tests/web/desk.test.js) 1 |
<!-- end of articles -->
SAMPLE

with schema/regulation.sql <<'SAMPLE'
    (15, 'faulty_meter', '14(4)1', 5, 14,
SAMPLE
good tests/unit/clock_test.c <<'SAMPLE'
    static void art14_4_1_faulty_meter_is_due_36_h(void)
SAMPLE
rule clock-failure "a known failure of deadline clocks without a test named after it"

bad clock-failure tests/store/clerk_test.c <<'SAMPLE'
TEST(clock_failures_1_and_2_and_3_and_4_and_5_and_6_and_7_and_8_and_9_and_10_and_11_and_12_and_13_and_14_and_15_and_16_and_17_and_18_and_19_happen_here_never)
SAMPLE
good tests/store/clerk_test.c <<'SAMPLE'
TEST(article_12_and_clock_failures_1_and_2_and_3_and_4_and_5_and_6_and_7_and_8_and_9_and_10_and_11_and_12_and_13_and_14_and_15_and_16_and_17_and_18_and_19_and_20_happen_here_never)
SAMPLE
finish
