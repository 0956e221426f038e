#!/bin/bash
# Runs the whole suite on this machine: private database, web programs, clerk, nginx; until Ctrl-C or TERM.
#
#   run.sh [--build DIR] [--var DIR] [--port N] [--sample 0|1] [--workers N]      what `make run` does
#   run.sh --test --var DIR [--port N] [--sample 0|1] [--workers N] [--owner PID]  the same stack for tests
#   run.sh --stop --var DIR                                                       ends a running one
#
# --test: builds and installs nothing, `environment = test` with a clock that VAR/time-offset moves (whole seconds), says
# nothing, and goes into the background once everything answers. It leaves VAR/run.pid and VAR/url; port 0 takes a free one.
# With --owner it ends when that process is gone. While VAR/hold-database exists, an ended database is not started again.
#
# State is in VAR: db/ secrets/ outbox/ shuinuo.hdf log/. Sockets are in a short private folder, VAR/sock points to it.
set -u
top=$(cd "$(dirname "$0")/../.." && pwd -P)
# shellcheck source=conf/run/database.sh
. "$top/conf/run/database.sh"

build=build var=./var port=8080 sample=1 workers="" mode=run owner=""
arguments=("$@")
while [ $# -gt 0 ]; do
    case $1 in
    --test | --stop) mode=${1#--} ;;
    --build | --var | --port | --sample | --workers | --owner)
        [ $# -ge 2 ] || { echo "run.sh: $1 needs a value" >&2 && exit 2; }
        declare "${1#--}=$2"
        shift
        ;;
    *) echo "run.sh: '$1' is not an option; see the head of conf/run/run.sh" >&2 && exit 2 ;;
    esac
    shift
done

step="starting"
# What people see goes through 3 and 4: a signal may be handled while a step's own output goes into a log.
exec 3>&1 4>&2
say() { [ "$mode" = test ] || printf '%s\n' "$*" >&3; }
begin() { step=$1 && say "· $1"; }

# fail SENTENCE [LOG]: what went wrong, what to do, and the log to read.
fail() {
    {
        echo
        echo "Failed while $step: $1"
        if [ -n "${2:-}" ] && [ -s "$2" ]; then
            echo "The last lines of $2:"
            tail -n 15 "$2" | sed 's/^/    /'
        elif [ -n "${2:-}" ]; then
            echo "See $2."
        fi
    } >&4
    stop_all
    exit 1
}

# ---------------------------------------------------------------- services

declare -A pid_of command_of started_at restarts
order=()
stopping=no
busy=""

# await COMMAND...: runs it in a session of its own and waits, so that a signal to this script is heard at once.
await() {
    local result
    setsid setpriv --pdeathsig TERM -- "$@" 3>&- 4>&- 9>&- </dev/null &
    busy=$!
    wait "$busy"
    result=$?
    busy=""
    return $result
}

# start NAME COMMAND...: in a session of its own (Ctrl-C reaches only this script, which stops things in order), and told to
# end by the kernel should this script be killed.
start() {
    local name=$1
    shift
    setsid setpriv --pdeathsig TERM -- "$@" >>"$var/log/$name.log" 2>&1 3>&- 4>&- 9>&- </dev/null &
    pid_of[$name]=$!
    started_at[$name]=$SECONDS
    command_of[$name]=$(printf '%q ' "$@")
    case " ${order[*]-} " in
    *" $name "*) ;;
    *) order+=("$name") && restarts[$name]=0 ;;
    esac
    echo "$!" >"$var/pid/$name"
}

stop_one() {
    local name=$1 pid=${pid_of[$1]} tries=300
    [ "$name" != mariadbd ] || tries=2400
    kill -TERM "$pid" 2>/dev/null
    while kill -0 "$pid" 2>/dev/null && [ "$tries" -gt 0 ]; do
        sleep 0.05
        tries=$((tries - 1))
    done
    if kill -0 "$pid" 2>/dev/null; then say "  $name does not stop; ending it by force"; fi
    kill -KILL -- "-$pid" 2>/dev/null
    wait "$pid" 2>/dev/null
    rm -f "$var/pid/$name"
}

stop_all() {
    local i
    [ "$stopping" = no ] || return 0
    stopping=yes
    trap '' INT TERM HUP
    if [ -n "$busy" ]; then
        kill -TERM -- "-$busy" 2>/dev/null
        wait "$busy" 2>/dev/null
    fi
    for ((i = ${#order[@]} - 1; i >= 0; i--)); do stop_one "${order[i]}"; done
    if [ -n "${sock:-}" ]; then rm -rf "$sock" "$var/sock" "$var/run.pid" "$var/url" "$var/ready"; fi
}

# watch: starts again what ended by itself, until there is no use in it.
watch() {
    local name pid
    for name in "${order[@]}"; do
        pid=${pid_of[$name]}
        kill -0 "$pid" 2>/dev/null && continue
        wait "$pid" 2>/dev/null
        if [ "$name" = mariadbd ] && [ "$mode" = test ] && [ -e "$var/hold-database" ]; then continue; fi
        [ $((SECONDS - started_at[$name])) -gt 30 ] && restarts[$name]=0
        restarts[$name]=$((restarts[$name] + 1))
        step="serving"
        [ "$mode" = test ] || [ "${restarts[$name]}" -le 6 ] || fail "$name keeps ending." "$var/log/$name.log"
        say "  $name ended; starting it again (its log: $var/log/$name.log)"
        # What it left: workers without their master, and its socket.
        kill -KILL -- "-$pid" 2>/dev/null
        rm -f "$sock/$name.sock"
        eval "start $name ${command_of[$name]}"
    done
}

# ---------------------------------------------------------------- HTTP, without any tool

# http_status PATH: the status code, or 000.
http_status() {
    local line=""
    {
        exec 7<>"/dev/tcp/127.0.0.1/$port" || return
        printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$1" >&7
        read -r -t 10 _ line _ <&7
        exec 7<&- 7>&-
    } 2>/dev/null
    echo "${line:-000}"
}

port_in_use() { (exec 7<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

port_choose() {
    local try
    for try in 1 2 3 4 5 6 7 8 9 10; do
        port=$((20000 + (RANDOM * 32768 + RANDOM) % 12000))
        port_in_use "$port" || return 0
    done
    fail "no free port after $try tries."
}

# ---------------------------------------------------------------- steps

prepare_var() {
    begin "preparing $var"
    case $port in '' | *[!0-9]*) fail "PORT must be a number, not '$port'." ;; esac
    case $sample in 0 | 1) ;; *) fail "SAMPLE must be 0 or 1, not '$sample'." ;; esac
    mkdir -p "$var" 2>/dev/null || fail "$var cannot be made. Choose a folder you may write to: make run VAR=FOLDER"
    if [ ! -w "$var" ]; then fail "$var cannot be written by $(id -un). Choose another folder with VAR=, or mend its rights."; fi
    var=$(cd "$var" && pwd -P)
    exec 9>"$var/lock" || fail "$var/lock cannot be written by $(id -un). Choose another folder with VAR=, or mend its rights."
    flock -n 9 || fail "another run is using $var. Stop it first (Ctrl-C there, or: conf/run/run.sh --stop --var $var), or choose another folder with VAR=."
    if ! mkdir -p "$var/log" "$var/pid" "$var/outbox" "$var/copy" "$var/nginx/empty" "$var/secrets" || ! chmod 700 "$var/secrets"; then
        fail "the folders in $var cannot be made. Is the disk full, or do they belong to somebody else?"
    fi
    local log
    for log in "$var"/log/*.log; do [ -s "$log" ] && mv -f "$log" "$log.1"; done
    rm -f "$var"/pid/* "$var/run.pid" "$var/url" "$var/ready" "$var/hold-database"
    leftovers_remove
}

# What a run that was killed left behind: its socket folder, and its database if that is still ending.
leftovers_remove() {
    local old pid
    if [ -L "$var/sock" ]; then
        old=$(readlink "$var/sock")
        case $old in */shuinuo-??????) rm -rf "$old" ;; esac
        rm -f "$var/sock"
    fi
    pid=$(cat "$var/db/mariadbd.pid" 2>/dev/null)
    if [ -n "$pid" ] && tr '\0' '\n' <"/proc/$pid/cmdline" 2>/dev/null | grep -qxF -e "--datadir=$var/db"; then
        say "  the database of an earlier run is still there; stopping it"
        kill -TERM "$pid"
        local tries=400
        while kill -0 "$pid" 2>/dev/null; do
            tries=$((tries - 1))
            [ "$tries" -gt 0 ] || fail "the database of an earlier run (process $pid) does not stop. End it, then start again."
            sleep 0.05
        done
    fi
}

# A VAR either holds the sample town or it does not, from its first start on: real data and invented data never mix.
kind_decide() {
    kind=$(cat "$var/kind" 2>/dev/null)
    if [ -z "$kind" ] && [ -d "$var/db" ]; then
        fail "$var/db is there but $var/kind is not, so nobody knows what it holds. Move $var away and start again."
    fi
    if [ "$kind" = loading ] || { [ -n "$kind" ] && [ ! -d "$var/db" ]; }; then
        say "  an earlier first start was interrupted; beginning again"
        rm -rf "$var/db"
        # Keys are not thrown away, even when nothing is left that they fit.
        if [ "$kind" = loading ]; then rm -rf "$var/secrets"; else mv "$var/secrets" "$var/secrets.$(date +%s)"; fi
        mkdir -m 700 "$var/secrets" || fail "$var/secrets cannot be made."
        kind=""
    fi
    case $kind in
    "") if [ "$sample" = 1 ]; then echo loading >"$var/kind"; else echo empty >"$var/kind"; fi ;;
    sample)
        if [ "$sample" = 0 ]; then fail "$var holds the sample town. For an empty installation choose another folder: make run SAMPLE=0 VAR=./var/empty"; fi
        ;;
    empty)
        if [ "$sample" = 1 ]; then say "  $var was started without the sample town and stays so; for the sample choose another folder with VAR="; fi
        sample=0
        ;;
    *) fail "$var/kind holds '$kind', which no version of this script writes. Move $var away and start again." ;;
    esac
}

install_and_build() {
    begin "installing what is missing"
    # Not through await: sudo may ask for a password on the terminal.
    bash "$top/conf/run/packages.sh" build run >"$var/log/install.log" 2>&1 || fail "packages could not be installed." "$var/log/install.log"
    begin "building"
    # Without the variables of the make that called: they would hand it a job server it cannot use.
    await env -u MAKEFLAGS -u MFLAGS -u MAKELEVEL make -C "$top" --no-print-directory BUILD="$build_given" -j "$(nproc)" all \
        >"$var/log/build.log" 2>&1 || fail "the programs could not be built." "$var/log/build.log"
    # A fresh system had no MariaDB when this script began.
    . "$top/conf/run/database.sh"
}

check_programs() {
    local name
    step="looking for the programs"
    nginx_program=$(PATH=$PATH:/usr/sbin:/sbin command -v nginx) || fail "nginx is not installed. Install it: apt-get install nginx-light"
    [ -n "$database_program" ] || fail "MariaDB is not installed. Install it: apt-get install mariadb-server-core mariadb-client-core"
    web_programs=$(sed -n 's|^[^#]*fastcgi_pass unix:@SOCK@/\([a-z0-9]*\)\.sock;.*|\1|p' "$top/conf/nginx/run.conf.in" | sort -u)
    for name in $web_programs clerk shuinuo; do
        [ -x "$build/bin/$name" ] || fail "$build/bin/$name is missing. Build first: make"
    done
}

check_port() {
    if port_in_use "$port"; then fail "port $port is in use. Choose another: make run PORT=$((port + 1))"; fi
}

start_database() {
    if [ ! -d "$var/db" ]; then
        begin "making the database"
        database_create "$var/db" "$var/log/mariadbd.log" ||
            fail "the data folder could not be made. Is the disk full? Mend it and start again; nothing needs removing." "$var/log/mariadbd.log"
    fi
    begin "starting the database"
    local runtime=${XDG_RUNTIME_DIR:-/tmp}
    [ -w "$runtime" ] || runtime=/tmp
    sock=$(mktemp -d "$runtime/shuinuo-XXXXXX") || fail "no private folder for sockets could be made in $runtime."
    [ ${#sock} -le 80 ] || fail "$sock is too long for a socket's name. Start with XDG_RUNTIME_DIR=/tmp."
    ln -s "$sock" "$var/sock"
    database_command "$var/db" "$sock/db.sock" "$var/log/mariadbd.log"
    start mariadbd "${database_words[@]}"
    database_wait "$sock/db.sock" "${pid_of[mariadbd]}" 60 || fail "the database did not start." "$var/log/mariadbd.log"
}

write_settings() {
    local environment=production offset_line="" effort_lines="" telephone_line="" crew_line="" footer_lines=""
    [ "$sample" = 1 ] && environment=sample
    [ "$sample" = 1 ] && ! grep -qs '^footer_' "$var/settings-extra" && footer_lines=$'footer_address = 聊城市东昌西路 1 号（演示）\nfooter_mailbox = fuwu@example.com'
    if [ "$mode" = test ]; then
        environment="test"
        [ -e "$var/time-offset" ] || echo 0 >"$var/time-offset"
        offset_line="time_offset_file = $var/time-offset"
        telephone_line="telephone_addresses = 127.0.0.1"
        grep -qs '^crew_pages' "$var/settings-extra" || crew_line="crew_pages = yes"
        # Every test files from the same address.
        grep -qs '^filings_per_' "$var/settings-extra" || effort_lines=$'filings_per_address = 1000000\nfilings_per_phone = 1000000'
    fi
    cat >"$var/shuinuo.hdf.new" <<END
# Written by conf/run/run.sh at each start. All keys and their meaning: conf/shuinuo.hdf
environment = $environment
$offset_line
sample_banner = $([ "$sample" = 1 ] && echo yes || echo no)
base_path =
base_url = http://127.0.0.1:$port
database_socket = $sock/db.sock
database_name = shuinuo
secret_dir = $var/secrets
template_dir = $top/templates
schema_dir = $top/schema
outbox_dir = $var/outbox
copy_dir = $var/copy
$telephone_line
$crew_line
$effort_lines
$footer_lines
END
    if [ -s "$var/discipline-key" ]; then cat "$var/discipline-key" >>"$var/shuinuo.hdf.new"; fi
    # Keys that somebody wants otherwise in this VAR stay in a file of their own.
    if [ -f "$var/settings-extra" ]; then cat "$var/settings-extra" >>"$var/shuinuo.hdf.new"; fi
    mv -f "$var/shuinuo.hdf.new" "$var/shuinuo.hdf"
    settings=$var/shuinuo.hdf
}

# What the loading says, into its log; on a terminal also there.
demo_progress() {
    if [ "$mode" = run ] && [ -t 3 ]; then tee "$var/log/demo.log" >&3 && echo >&3; else cat >"$var/log/demo.log"; fi
}

load_data() {
    begin "setting up the schema and the regulation"
    await "$build/bin/shuinuo" --settings "$settings" setup >"$var/log/setup.log" 2>&1 || fail "the database could not be set up." "$var/log/setup.log"
    [ "$(cat "$var/kind")" = loading ] || return 0
    begin "loading the sample town (about 90 days of tickets; only at the first start)"
    rm -f "$var/sample-signins.new" && install -m 600 /dev/null "$var/sample-signins.new"
    await "$build/bin/shuinuo" --settings "$settings" demo >"$var/sample-signins.new" 2> >(demo_progress) ||
        fail "the sample town could not be loaded; the next start begins again." "$var/log/demo.log"
    # The sample discipline office has an officer, whose passphrase is no secret.
    "$build/bin/shuinuo" --settings "$settings" discipline enrol heping >"$var/discipline-key" 2>>"$var/log/demo.log" \
        <<<"sample passphrase of the office" || fail "the sample discipline office could not be enrolled." "$var/log/demo.log"
    cat "$var/discipline-key" >>"$settings"
    mv -f "$var/sample-signins.new" "$var/sample-signins.txt"
    echo sample >"$var/kind"
}

start_programs() {
    local name
    begin "starting the programs"
    for name in $web_programs; do
        start "$name" "$build/bin/$name" --settings "$settings" --listen "$sock/$name.sock" ${workers:+--workers "$workers"}
    done
    start clerk "$build/bin/clerk" --settings "$settings"
    for name in $web_programs; do
        until [ -S "$sock/$name.sock" ]; do
            kill -0 "${pid_of[$name]}" 2>/dev/null || fail "$name ended right after its start." "$var/log/$name.log"
            sleep 0.02
        done
    done
}

start_nginx() {
    local user="" hotline page
    begin "starting nginx"
    [ "$(id -u)" = 0 ] && user="user root;"
    hotline=$(sed -n 's/^hotline *= *//p' "$top/conf/shuinuo.hdf" 2>/dev/null | head -n 1)
    mkdir -p "$var/nginx/error"
    for page in 413 429 502; do
        sed "s|@HOTLINE@|${hotline:-96510}|g" "$top/conf/nginx/error/$page.html.in" >"$var/nginx/error/$page.html"
    done
    sed -e "s|@USER@|$user|" -e "s|@LISTEN@|127.0.0.1:$port|" -e "s|@VAR@|$var|g" -e "s|@TOP@|$top|g" -e "s|@SOCK@|$sock|g" \
        "$top/conf/nginx/run.conf.in" >"$var/nginx/nginx.conf"
    start nginx "$nginx_program" -p "$var/nginx" -e "$var/log/nginx.log" -c "$var/nginx/nginx.conf"
}

wait_until_served() {
    local path status name deadline=$((SECONDS + 30))
    for path in / /complaint/ /staff/signin /staff/ticket/ /commitment/; do
        while :; do
            status=$(http_status "$path")
            case $status in 2?? | 3?? | 4??) break ;; esac
            for name in "${order[@]}"; do
                kill -0 "${pid_of[$name]}" 2>/dev/null || fail "$name ended right after its start." "$var/log/$name.log"
            done
            [ $SECONDS -lt $deadline ] || fail "http://127.0.0.1:$port$path answers $status. The logs are in $var/log."
            sleep 0.1
        done
    done
}

tell() {
    local url="http://127.0.0.1:$port"
    cat <<END

  Shuinuo is serving.
    residents     $url/             file: $url/complaint/    promises: $url/commitment/
    staff         $url/staff/ticket/
END
    if [ -s "$var/sample-signins.txt" ] && [ "$sample" = 1 ]; then
        echo "  Sample sign-ins (also in $var/sample-signins.txt):"
        sed 's/^/    /' "$var/sample-signins.txt"
    elif [ "$sample" = 0 ]; then
        echo "  The installation is empty. The administrator's command: $build/bin/shuinuo --settings $settings --help"
    fi
    cat <<END
  Data and logs are in $var. All programs run as $(id -un) here; an installation gives each trust domain its own user.
  Ctrl-C stops everything.

END
}

serve() {
    local owner_left=no
    while :; do
        watch
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then owner_left=yes && break; fi
        sleep 0.3 3>&- 4>&- 9>&- &
        wait $! 2>/dev/null
    done
    [ "$owner_left" = yes ] && stop_all
    exit 0
}

# shellcheck disable=SC2317  # called by trap
on_signal() {
    say ""
    say "stopping"
    stop_all
    say "stopped; the data stays in $var"
    exit 0
}

# ---------------------------------------------------------------- modes

stop_running() {
    local pid tries=600
    pid=$(cat "$var/run.pid" 2>/dev/null) || { echo "nothing runs on $var" && exit 0; }
    kill -TERM "$pid" 2>/dev/null
    while kill -0 "$pid" 2>/dev/null && [ "$tries" -gt 0 ]; do
        sleep 0.05
        tries=$((tries - 1))
    done
    ! kill -0 "$pid" 2>/dev/null || { echo "process $pid does not stop" >&2 && exit 1; }
    exit 0
}

# The caller's part of --test: starts the same command in the background and waits for its word.
test_in_background() {
    local pid tries=6000
    mkdir -p "$var" && rm -f "$var/ready" || exit 1
    SHUINUO_RUN_INNER=1 setsid bash "$0" "${arguments[@]}" >"$var/run.log" 2>&1 </dev/null &
    pid=$!
    while [ ! -e "$var/ready" ]; do
        if ! kill -0 "$pid" 2>/dev/null; then
            cat "$var/run.log" >&2
            exit 1
        fi
        tries=$((tries - 1))
        if [ "$tries" -le 0 ]; then
            kill -TERM "$pid"
            echo "the stack on $var did not start in 10 minutes; see $var/run.log" >&2
            exit 1
        fi
        sleep 0.1
    done
    cat "$var/url"
    exit 0
}

main() {
    trap on_signal INT TERM HUP
    prepare_var
    build_given=$build
    case $build in /*) ;; *) build=$top/$build ;; esac
    [ "$mode" = test ] && [ "$port" = 0 ] && port_choose
    kind_decide
    check_port
    [ "$mode" = test ] || install_and_build
    check_programs
    echo $$ >"$var/run.pid"
    start_database
    write_settings
    load_data
    start_programs
    start_nginx
    wait_until_served
    echo "http://127.0.0.1:$port" >"$var/url"
    : >"$var/ready"
    [ "$mode" = test ] || tell
    serve
}

[ "$mode" = stop ] && stop_running
[ "$mode" = test ] && [ -z "${SHUINUO_RUN_INNER:-}" ] && test_in_background
main
