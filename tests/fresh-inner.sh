#!/bin/bash
# What tests/fresh.sh runs inside the fresh system: fresh-inner.sh PORT.
set -u
cd "$(dirname "$0")/.." || exit 1
port=$1
# shellcheck source=/dev/null
[ ! -e /srv/environment ] || . /srv/environment

status_of() {
    local line=000
    {
        exec 7<>"/dev/tcp/127.0.0.1/$port" && printf 'GET %s HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n' "$1" >&7 && read -r -t 10 _ line _ <&7
        exec 7>&-
    } 2>/dev/null
    echo "$line"
}

# run_once SECONDS: make run until it serves, four requests, TERM; nothing may be left running.
run_once() {
    local began=$SECONDS pid path status left
    make run PORT="$port" >/srv/run.log 2>&1 &
    pid=$!
    until grep -q 'Shuinuo is serving' /srv/run.log; do
        if ! kill -0 "$pid" 2>/dev/null || [ $((SECONDS - began)) -gt "$1" ]; then
            cat /srv/run.log
            tail -n 20 var/log/*.log 2>/dev/null
            echo "make run does not serve after $((SECONDS - began)) s"
            kill -TERM "$pid" 2>/dev/null
            return 1
        fi
        sleep 0.2
    done
    echo "make run serves after $((SECONDS - began)) s"
    for path in / /complaint/ /commitment/ /staff/signin; do
        status=$(status_of "$path")
        echo "  $path $status"
        [ "$status" = 200 ] || return 1
    done
    kill -TERM "$pid"
    wait "$pid"
    grep -q '^stopped' /srv/run.log || { echo "it did not say that it stopped" && return 1; }
    left=$(cat /proc/[0-9]*/comm 2>/dev/null | grep -E '^(mariadbd|nginx|complaint|commitment|signin|ticket|clerk)' | tr '\n' ' ')
    [ -z "$left" ] || { echo "still running: $left" && return 1; }
}

printf '\n== make run, the first time\n'
run_once 1800 || exit 1
printf '\n== make run, the second time\n'
run_once 60 || exit 1
[ ! -e /usr/sbin/policy-rc.d ] || { echo "/usr/sbin/policy-rc.d was left behind" && exit 1; }
printf '\n== make test\n'
make test
