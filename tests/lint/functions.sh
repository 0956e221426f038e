#!/bin/bash
# A function fits on a screen: 80 lines between its braces at the most.
. "$(dirname "$0")/lint.bash"

findings() {
    files cgi-bin/*/*.c | xargs -r -d '\n' awk '
        FNR == 1 { start = 0 }
        /^\{/ || (/^[a-z].*\).*\{[ \t]*$/ && start == 0) { start = FNR }
        /^\}/ { if (start && FNR - start > 80) print "long-function " FILENAME ":" start ": " FNR - start " lines"; start = 0 }'
}

rule long-function "a function is longer than 80 lines"

{
    echo 'int f(void)'
    echo '{'
    for ((i = 0; i < 81; i++)); do echo '    g();'; done
    echo '}'
} >"$lint_scratch/long"
bad long-function cgi-bin/web/page.c <"$lint_scratch/long"
{
    echo 'int f(void) {'
    for ((i = 0; i < 81; i++)); do echo '    g();'; done
    echo '}'
} >"$lint_scratch/long"
bad long-function cgi-bin/web/page.c <"$lint_scratch/long"
{
    echo 'static const int table[] = {'
    for ((i = 0; i < 200; i++)); do echo '    1,'; done
    echo '};'
    echo 'int f(void)'
    echo '{'
    for ((i = 0; i < 79; i++)); do echo '    g();'; done
    echo '}'
} >"$lint_scratch/long"
good cgi-bin/web/page.c <"$lint_scratch/long"
finish
