/* Every statement against a fresh schema: it prepares, and its letters are what the server says. */
#include <mysql.h>
#include <string.h>

#include "check.h"
#include "stand.h"

static const char *name_of(int statement)
{
    static const char *const names[] = {
#define STATEMENT(name, parameters, columns, sql) #name,
#include "store/statements.def"
#undef STATEMENT
    };
    return names[statement];
}

/* Whether a result column of this type may be read under this letter. */
static bool fits(char letter, const MYSQL_FIELD *field)
{
    switch (field->type) {
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_LONGLONG:
        return letter == 'i';
    case MYSQL_TYPE_DATETIME:
        return letter == 'a';
    case MYSQL_TYPE_DATE:
        return letter == 'd';
    default:
        return letter == (field->charsetnr == 63 ? 'b' : 't'); /* 63: binary */
    }
}

static void check_columns(MYSQL_STMT *handle, const char *columns)
{
    MYSQL_RES *metadata = mysql_stmt_result_metadata(handle);
    if (metadata == NULL) {
        CHECK_TEXT(columns, "");
        return;
    }
    const MYSQL_FIELD *fields = mysql_fetch_fields(metadata);
    const unsigned count = mysql_num_fields(metadata);
    CHECK_INT(count, strlen(columns));
    for (unsigned i = 0; i < count && i < strlen(columns); i++)
        if (!fits(columns[i], &fields[i]))
            CHECK_TEXT(fields[i].name, "a column of another type");
    mysql_free_result(metadata);
}

TEST(every_statement_prepares_and_its_letters_fit)
{
    struct stand *stand = stand_open("statements");
    MYSQL *mysql = mysql_init(NULL);
    REQUIRE(mysql_real_connect(mysql, "localhost", NULL, NULL, stand->settings.database_name, 0,
                               stand->settings.database_socket, 0) != NULL);
    for (int i = 0; i < STATEMENT__COUNT; i++) {
        const char *sql = statement_sql((enum statement)i);
        MYSQL_STMT *handle = mysql_stmt_init(mysql);
        check_case(name_of(i));
        if (mysql_stmt_prepare(handle, sql, strlen(sql)) != 0) {
            CHECK_TEXT(mysql_stmt_error(handle), "prepared");
        } else {
            CHECK_INT(mysql_stmt_param_count(handle), strlen(statement_parameters((enum statement)i)));
            check_columns(handle, statement_columns((enum statement)i));
        }
        mysql_stmt_close(handle);
    }
    mysql_close(mysql);
}
