#!/bin/bash
# Every header compiles alone, twice in a row, with gcc and with clang, seeing only what its layer may see.
. "$(dirname "$0")/lint.bash"

flags=()
eval "flags=($(make -C "$lint_top" -s --no-print-directory flags))"

layer_flags() {
    case $1 in
    cgi-bin/web/*) echo "-isystem /usr/include/ClearSilver" ;;
    cgi-bin/store/*) echo "-isystem /usr/include/mariadb" ;;
    esac
}

findings() {
    local header compiler said
    for header in $(files cgi-bin/*/*.h tests/unit/check.h); do
        for compiler in gcc clang; do
            # shellcheck disable=SC2046  # two words, or none
            said=$(printf '#include "%s"\n#include "%s"\n' "${header#cgi-bin/}" "${header#cgi-bin/}" |
                "$compiler" "${flags[@]}" $(layer_flags "$header") -I. -fsyntax-only -x c - 2>&1) ||
                printf 'alone %s:1: %s: %s\n' "$header" "$compiler" "$(printf '%s' "$said" | grep -m 1 error)"
        done
    done
}

rule alone "a header does not compile alone"

bad alone cgi-bin/base/text.h <<'END'
size_t text_length(const char *text);
END
bad alone cgi-bin/base/text.h <<'END'
struct text { int length; };
END
bad alone cgi-bin/web/page.h <<'END'
#include <mysql.h>
END
good cgi-bin/base/text.h <<'END'
#ifndef BASE_TEXT_H
#define BASE_TEXT_H
struct text { int length; };
#endif
END
finish
