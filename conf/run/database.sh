#!/bin/bash
# A private MariaDB: functions for run.sh and the test driver. Sourced, not run.
#   its own data folder, a unix socket, no TCP; the operating system's user is the database's root (unix_socket); and within the data
#   folder one for what it needs for a moment: where servers share one, each that starts clears away what others have in hand.

database_program=$(PATH=$PATH:/usr/sbin:/usr/libexec command -v mariadbd || true)

# database_create DIR LOG: makes a data folder. An interrupted attempt leaves only DIR.new, which the next one replaces.
database_create() {
    local dir=$1 log=$2 user
    user=$(id -un)
    rm -rf "$dir.new"
    mkdir -m 700 "$dir.new" "$dir.new/tmp"
    # Without --user: it would chown, which a folder with a space in its name breaks.
    mariadb-install-db --no-defaults --datadir="$dir.new" --tmpdir="$dir.new/tmp" --ignore-db-dirs=tmp \
        --skip-test-db --skip-name-resolve --auth-root-authentication-method=socket --auth-root-socket-user="$user" \
        --innodb-log-file-size=48M >>"$log" 2>&1 || return 1
    sync "$dir.new" || true
    mv -T "$dir.new" "$dir"
}

# database_command DIR SOCKET LOG: sets the array `database_words` to the server's command line.
database_command() {
    [ -d "$1/tmp" ] || mkdir -m 700 "$1/tmp"
    # shellcheck disable=SC2034,SC2054  # read by the caller; the commas belong to the sql mode
    database_words=("$database_program" --no-defaults --user="$(id -un)" --datadir="$1" --socket="$2"
        --tmpdir="$1/tmp" --ignore-db-dirs=tmp --skip-networking --skip-name-resolve --pid-file="$1/mariadbd.pid" --log-error="$3"
        --lc-messages-dir=/usr/share/mysql --local-infile=0
        --innodb-flush-log-at-trx-commit=1 --innodb-log-file-size=48M --innodb-log-buffer-size=4M
        --innodb-buffer-pool-size="${DATABASE_POOL:-96M}" --innodb-lock-wait-timeout=5
        --innodb-read-io-threads=1 --innodb-write-io-threads=2
        --innodb-buffer-pool-dump-at-shutdown=OFF --innodb-buffer-pool-load-at-startup=OFF
        --performance-schema=OFF --key-buffer-size=64K --aria-pagecache-buffer-size=1M
        --query-cache-type=0 --query-cache-size=0 --max-connections=200 --thread-cache-size=16
        --character-set-server=utf8mb4 --collation-server=utf8mb4_unicode_ci --default-time-zone=+00:00
        --transaction-isolation=READ-COMMITTED
        --sql-mode=STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION)
}

# database_wait SOCKET PID SECONDS: until it answers; fails when the process ends first or time is up.
database_wait() {
    local tries=$(($3 * 20))
    while [ "$tries" -gt 0 ]; do
        if [ -S "$1" ] && mariadb --no-defaults --socket="$1" --connect-timeout=2 -e 'SELECT 1' >/dev/null 2>&1; then
            return 0
        fi
        kill -0 "$2" 2>/dev/null || return 1
        sleep 0.05
        tries=$((tries - 1))
    done
    return 1
}
