# The frame of the lints. Sourced, not run. A lint says:
#
#   findings() { … }            prints "RULE FILE:LINE: what is wrong" for the tree in the current folder
#   rule NAME SENTENCE          each rule, before its samples
#   bad NAME FILE <<'END' …     a file that must be found guilty of exactly that rule; every rule needs one
#   good FILE <<'END' …         a file that nothing may be found in
#   finish                      applies the rules to the repository and prints the closing line
#
# `bad` and `good` build a little tree of their own; `with FILE <<'END'` adds a further file to the next one.

set -u
lint_top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd -P)
lint_scratch=$(mktemp -d "${TMPDIR:-/tmp}/shuinuo-lint-XXXXXX") || exit 2
trap 'rm -rf "$lint_scratch"' EXIT
mkdir "$lint_scratch/tree"
declare -A lint_sentence lint_sampled
lint_rules=()
lint_passed=0
lint_failed=0

rule() {
    lint_rules+=("$1")
    lint_sentence[$1]=$2
}

with() {
    mkdir -p "$lint_scratch/tree/$(dirname "$1")"
    cat >"$lint_scratch/tree/$1"
}

lint_try() {
    local found
    with "$2"
    found=$(cd "$lint_scratch/tree" && findings | awk '{ print $1 }' | sort -u | tr '\n' ' ')
    if [ "${found% }" = "$1" ]; then
        lint_passed=$((lint_passed + 1))
    else
        lint_failed=$((lint_failed + 1))
        echo "not ok the sample $2 for ${1:-nothing at all}: got '${found% }'"
    fi
    rm -rf "$lint_scratch/tree"
    mkdir "$lint_scratch/tree"
}

bad() {
    lint_sampled[$1]=yes
    lint_try "$1" "$2"
}
good() { lint_try "" "$1"; }

finish() {
    local name found
    cd "$lint_top" || exit 2
    findings >"$lint_scratch/found"
    for name in "${lint_rules[@]}"; do
        if [ -z "${lint_sampled[$name]:-}" ]; then
            lint_failed=$((lint_failed + 1))
            echo "not ok $name: it has no sample, so nobody knows whether it works"
        elif found=$(grep -E "^$name " "$lint_scratch/found"); then
            lint_failed=$((lint_failed + 1))
            echo "not ok $name: ${lint_sentence[$name]}"
            printf '%s\n' "$found" | sed -E 's/^[^ ]+ /    /' | head -n 30
        else
            lint_passed=$((lint_passed + 1))
        fi
    done
    echo "$lint_passed passed, $lint_failed failed"
    [ "$lint_failed" = 0 ]
}

# files PATTERN...: those that exist.
files() {
    local file
    for file in "$@"; do [ ! -f "$file" ] || printf '%s\n' "$file"; done
}

# code_lines [-s]: reads file names, prints FILE:LINE:TEXT with comments emptied, and the insides of strings too unless -s.
code_lines() {
    local keep=0
    [ "${1:-}" != -s ] || keep=1
    # shellcheck disable=SC2016  # awk's own variables
    xargs -r -d '\n' awk -v keep="$keep" -v quote="'" '
        FNR == 1 { comment = 0 }
        {
            out = ""; n = length($0); string = ""
            for (i = 1; i <= n; i++) {
                c = substr($0, i, 1); two = substr($0, i, 2)
                if (comment) { if (two == "*/") { comment = 0; i++; out = out " " } continue }
                if (string != "") {
                    if (c == "\\") { if (keep) out = out two; i++; continue }
                    if (c == string) { string = ""; out = out c } else if (keep) out = out c
                    continue
                }
                if (two == "/*") { comment = 1; i++; continue }
                if (two == "//") break
                if (c == "\"" || c == quote) string = c
                out = out c
            }
            if (out ~ /[^ \t]/) print FILENAME ":" FNR ":" out
        }'
}

# report RULE: turns FILE:LINE:TEXT into findings.
report() { sed -E "s/^([^:]+:[0-9]+):[[:space:]]*/$1 \1: /"; }
