#!/bin/bash
# Which layer may see which: base <- core <- {store, web} <- programs; and core stays pure.
. "$(dirname "$0")/lint.bash"

includes() { files cgi-bin/*/*.[ch] cgi-bin/*/*.def | code_lines -s | grep -E ':[[:space:]]*#[[:space:]]*include'; }

# Include lines whose layer is not in the list, of the files of one layer.
beyond() { grep -E "^cgi-bin/$1/" | grep -E '#[[:space:]]*include[[:space:]]*"' | grep -vE "#[[:space:]]*include[[:space:]]*\"($2)/" | grep -E '"[a-z0-9]+/' | report arrow; }

core_code() { files cgi-bin/core/*.[ch] | code_lines; }

findings() {
    local all program
    all=$(includes)
    printf '%s\n' "$all" | grep -E '#[[:space:]]*include[[:space:]]*"' | grep -vE '"[a-z0-9]+/[a-z0-9_]+\.(h|def)"' | report named
    printf '%s\n' "$all" | beyond base base
    printf '%s\n' "$all" | beyond core 'base|core'
    printf '%s\n' "$all" | beyond store 'base|core|store'
    printf '%s\n' "$all" | beyond web 'base|core|web'
    for program in $(files cgi-bin/*/*.[ch] | cut -d/ -f2 | sort -u | grep -vE '^(base|core|store|web)$'); do
        printf '%s\n' "$all" | beyond "$program" "base|core|store|web|$program"
    done
    printf '%s\n' "$all" | grep -E '^cgi-bin/core/' |
        grep -E '"base/(now|log|random|arena|secrets|settings|keyfile|password)\.h"|<(stdio|stdlib|time|unistd|fcntl|errno|sys/[a-z]+|sodium|mysql)\.h>' | report core-header
    core_code | grep -E '[^a-z_](malloc|calloc|realloc|free|strdup|printf|fprintf|fopen|time|clock_gettime|gettimeofday|localtime_r|gmtime_r|getenv|now_instant|log_write|random_bytes)[[:space:]]*\(' | report core-call
    # At file scope, that is without indentation: a variable that is not const.
    core_code | grep -E '^[^:]+:[0-9]+:((static|extern) )?((struct|enum|union) [a-z_]+|(unsigned |long )*(int|char|bool|size_t|u?int[0-9]+_t|long|unsigned|double)) \**[a-z_]+(\[[^]]*\])* *(=|;|,)' | report core-global
    files cgi-bin/*/*.[ch] cgi-bin/*/*.def | grep -vE '^cgi-bin/(store|base)/' | code_lines -s |
        grep -E '"[[:space:]]*(SELECT |INSERT INTO |UPDATE [a-z_]+ SET |DELETE FROM |CREATE TABLE )' | report sql-in-store
}

rule arrow "an include points up or sideways"
rule named "an include does not name its layer"
rule core-header "core has no clock, no I/O, no heap"
rule core-call "core has no clock, no I/O, no heap"
rule core-global "core has no variables of its own"
rule sql-in-store "a word of SQL belongs into store"

bad arrow cgi-bin/base/text.c <<'END'
#include "core/clock.h"
END
bad arrow cgi-bin/core/clock.c <<'END'
#include "store/db.h"
END
bad arrow cgi-bin/store/db.c <<'END'
#include "web/page.h"
END
bad arrow cgi-bin/web/page.c <<'END'
# include "store/db.h"
END
bad arrow cgi-bin/ticket/main.c <<'END'
#include "complaint/routes.h"
END
bad named cgi-bin/web/page.c <<'END'
#include "page.h"
END
bad named cgi-bin/web/page.c <<'END'
#include "../base/text.h"
END
bad core-header cgi-bin/core/clock.c <<'END'
#include "base/now.h"
END
bad core-header cgi-bin/core/clock.h <<'END'
#include <stdio.h>
END
bad core-call cgi-bin/core/clock.c <<'END'
int f(void) { return (int)time(0); }
END
bad core-call cgi-bin/core/clock.c <<'END'
void f(void) { free (0); }
END
bad core-global cgi-bin/core/clock.c <<'END'
static int calls = 0;
END
bad core-global cgi-bin/core/clock.c <<'END'
struct rule rules[4];
END
bad sql-in-store cgi-bin/ticket/main.c <<'END'
static const char q[] = "SELECT id FROM ticket";
END
bad core-global cgi-bin/core/clock.h <<'END'
extern const char *clock_last;
extern int64_t clock_last_id;
END
good cgi-bin/core/clock.c <<'END'
#include <string.h>
typedef int decide_action(int x);
decide_action decide_report, decide_grade;
struct rule { int x; };
extern const int clock_limits[2];
#include "base/time.h"
#include "core/clock.h"
/* Not time(): "base/now.h" is for others. static int x; */
static const int limits[] = {1, 2};
static const char *const names[2] = {"time(x)", "y"};
static int sum(int a, int b);
enum clock_result clock_result_at(const struct clock *clock, struct instant now)
{
    int local = 0;
    return local;
}
END
finish
