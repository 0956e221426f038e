#!/bin/bash
# What cppcheck sees beyond the compilers' warnings.
. "$(dirname "$0")/lint.bash"

findings() {
    files cgi-bin/*/*.c >"$lint_scratch/sources"
    [ -s "$lint_scratch/sources" ] || return 0
    # internalAstError: cppcheck 2.10 cannot read a compound literal inside a ?: and says so instead of looking on.
    cppcheck --quiet --std=c11 --enable=warning,portability --inline-suppr -j 2 -D_GNU_SOURCE --library="$lint_top/tests/lint/cppcheck.cfg" \
        --template='cppcheck {file}:{line}: {id}: {message}' --suppress=missingIncludeSystem \
        --suppress=unknownMacro --suppress=internalAstError --suppress=normalCheckLevelMaxBranches -Icgi-bin --file-list="$lint_scratch/sources" 2>&1 | grep '^cppcheck '
}

rule cppcheck "cppcheck has something to say"

bad cppcheck cgi-bin/web/page.c <<'END'
int page_sum(void) { int table[2] = {1, 2}; return table[2]; }
END
good cgi-bin/web/page.c <<'END'
int page_sum(void) { int table[2] = {1, 2}; return table[1]; }
END
finish
