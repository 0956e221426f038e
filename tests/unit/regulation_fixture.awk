# Writes schema/regulation.sql as C arrays, so that the unit tests run on the very rows of the product.
#
#   awk -f tests/unit/regulation_fixture.awk schema/regulation.sql > regulation_fixture.h
#
# Reads INSERT INTO table (columns) VALUES (…), (…); whatever the line breaks. Columns that core's structs do not have (words
# and notes) are left out; a table or column it does not know, or a row with another number of values, ends it with an error.

BEGIN {
    struct_of["category"] = "category"
    struct_of["rule"] = "rule"
    struct_of["ladder"] = "ladder_step"
    struct_of["penalty_clause"] = "penalty_clause"
    struct_of["breach_clause"] = "clock_clause"
    struct_of["basis_clause"] = "basis_clause"
    name_of["category"] = "REGULATION_CATEGORIES"
    name_of["rule"] = "REGULATION_RULES"
    name_of["ladder"] = "REGULATION_LADDER"
    name_of["penalty_clause"] = "REGULATION_CLAUSES"
    name_of["breach_clause"] = "REGULATION_CLOCK_CLAUSES"
    name_of["basis_clause"] = "REGULATION_BASIS_CLAUSES"
    known_tables = " category rule ladder grade penalty_clause breach_clause basis_clause "

    field["category", "category_group"] = "group"
    field["rule", "category_id"] = "category.v"
    field["rule", "rule_condition"] = "condition"
    field["category", "id"] = "id.v"
    field["rule", "id"] = "id.v"
    field["breach_clause", "clause_id"] = "clause"
    field["basis_clause", "clause_id"] = "clause"
    words = " name_zh name_en note_zh note_en text_zh text_en "
}

{ sub(/^[ \t]*--.*$/, ""); source = source $0 "\n" }

function fail(message) {
    print "regulation_fixture.awk: " message > "/dev/stderr"
    failed = 1
    exit 1
}

# Days from 1970-01-01 to a date of the Gregorian calendar.
function day_number(year, month, day,    era_years, m) {
    era_years = month > 2 ? year : year - 1
    m = (month + 9) % 12
    return 365 * era_years + int(era_years / 4) - int(era_years / 100) + int(era_years / 400) + \
           int((m * 306 + 5) / 10) + day - 1 - 719468
}

# A moment "2014-01-01 00:00:00.000" as milliseconds since 1970 (UTC).
function moment(text,    days, seconds) {
    if (text !~ /^[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9] [0-9][0-9]:[0-9][0-9]:[0-9][0-9]\.[0-9][0-9][0-9]$/)
        fail("not a moment: " text)
    days = day_number(substr(text, 1, 4) + 0, substr(text, 6, 2) + 0, substr(text, 9, 2) + 0)
    seconds = substr(text, 12, 2) * 3600 + substr(text, 15, 2) * 60 + substr(text, 18, 2)
    # As a C expression: awk's numbers are not exact enough everywhere, and %d stops at 32 bits in some.
    return sprintf("(INT64_C(%d) * 86400 + %d) * 1000 + %d", days, seconds, substr(text, 21, 3) + 0)
}

# Splits "a, 'b, c', d" into list[1…]; strings keep their quotes. Returns the count.
function split_values(text, list,    i, c, in_text, count, value) {
    count = 0
    value = ""
    in_text = 0
    for (i = 1; i <= length(text); i++) {
        c = substr(text, i, 1)
        if (c == "'")
            in_text = !in_text
        if (c == "," && !in_text) {
            list[++count] = trimmed(value)
            value = ""
        } else
            value = value c
    }
    list[++count] = trimmed(value)
    return count
}

function trimmed(text) {
    gsub(/^[ \t\n]+|[ \t\n]+$/, "", text)
    return text
}

function text_of(value) {
    value = substr(value, 2, length(value) - 2)
    gsub(/''/, "'", value)
    return value
}

function quoted(value) {
    value = text_of(value)
    gsub(/\\/, "\\\\", value)
    gsub(/"/, "\\\"", value)
    return "\"" value "\""
}

function print_row(table, columns, count, values,    i, column, to, line) {
    line = "    {"
    for (i = 1; i <= count; i++) {
        column = columns[i]
        if (index(words, " " column " "))
            continue
        to = (table, column) in field ? field[table, column] : column
        if (column ~ /^effective_/)
            line = line "." to " = {" (values[i] == "NULL" ? "INT64_MIN" : moment(text_of(values[i]))) "}, "
        else if (substr(values[i], 1, 1) == "'")
            line = line "." to " = " quoted(values[i]) ", "
        else if (values[i] ~ /^-?[0-9]+$/)
            line = line "." to " = " values[i] ", "
        else
            fail(table "." column ": neither number nor text: " values[i])
    }
    sub(/, $/, "", line)
    print line "},"
}

# The statement INSERT INTO table (columns) VALUES rows.
function insert(statement,    table, open, shut, columns, count, rest, i, c, depth, in_text, row, values, value_count) {
    table = statement
    sub(/^INSERT INTO +/, "", table)
    sub(/[ (].*$/, "", table)
    if (!index(known_tables, " " table " "))
        fail("unknown table " table)
    open = index(statement, "(")
    shut = index(statement, ")")
    count = split_values(substr(statement, open + 1, shut - open - 1), columns)
    rest = trimmed(substr(statement, shut + 1))
    if (substr(rest, 1, 6) != "VALUES")
        fail("no VALUES in " table)
    rest = substr(rest, 7)
    if (table in struct_of)
        printf "\nstatic const struct %s %s[] = {\n", struct_of[table], name_of[table]
    depth = 0
    in_text = 0
    row = ""
    for (i = 1; i <= length(rest); i++) {
        c = substr(rest, i, 1)
        if (c == "'")
            in_text = !in_text
        if (c == ")" && !in_text && --depth == 0) {
            value_count = split_values(row, values)
            if (value_count != count)
                fail(table ": " value_count " values for " count " columns: " row)
            if (table in struct_of)
                print_row(table, columns, count, values)
            row = ""
        }
        if (depth > 0)
            row = row c
        if (c == "(" && !in_text)
            depth++
    }
    if (table in struct_of)
        print "};"
    seen[table] = 1
}

END {
    if (failed)
        exit 1
    print "/* Written from schema/regulation.sql by tests/unit/regulation_fixture.awk: the rows of the product. */"
    print "#ifndef REGULATION_FIXTURE_H"
    print "#define REGULATION_FIXTURE_H"
    print ""
    print "#include \"core/breach.h\""
    print "#include \"core/ladder.h\""
    statement = ""
    in_text = 0
    length_all = length(source)
    for (i = 1; i <= length_all; i++) {
        c = substr(source, i, 1)
        if (c == "'")
            in_text = !in_text
        if (c == ";" && !in_text) {
            insert(trimmed(statement))
            statement = ""
        } else
            statement = statement c
    }
    if (trimmed(statement) != "")
        fail("a statement without an end: " substr(trimmed(statement), 1, 60))
    for (table in struct_of)
        if (!(table in seen))
            fail("no rows of " table)
    print ""
    print "#define REGULATION_CATEGORY_COUNT (sizeof REGULATION_CATEGORIES / sizeof REGULATION_CATEGORIES[0])"
    print "#define REGULATION_RULE_COUNT (sizeof REGULATION_RULES / sizeof REGULATION_RULES[0])"
    print "#define REGULATION_LADDER_COUNT (sizeof REGULATION_LADDER / sizeof REGULATION_LADDER[0])"
    print "#define REGULATION_CLAUSE_COUNT (sizeof REGULATION_CLAUSES / sizeof REGULATION_CLAUSES[0])"
    print "#define REGULATION_CLOCK_CLAUSE_COUNT (sizeof REGULATION_CLOCK_CLAUSES / sizeof REGULATION_CLOCK_CLAUSES[0])"
    print "#define REGULATION_BASIS_CLAUSE_COUNT (sizeof REGULATION_BASIS_CLAUSES / sizeof REGULATION_BASIS_CLAUSES[0])"
    print ""
    print "#endif"
}
