#!/bin/bash
# The two commands of README.md on a fresh Debian 12: a bare system in a folder (debootstrap), with only `make` added, the
# committed tree copied in, then `make run` until it serves, a second `make run`, and `make test`.
#
#   tests/fresh.sh          needs root; about 4 GB in FRESH_DIR (default: a new folder in /var/tmp, removed afterwards)
#
# Packages come from where this machine's apt gets them, npm packages from where its npm does. Everything runs in a mount
# and process namespace of its own, so nothing is left mounted or running whatever happens.
set -eu
cd "$(dirname "$0")/.."

fail() { echo "test-fresh: $*" >&2 && exit 1; }
say() { printf '\n== %s\n' "$*"; }

[ "$(id -u)" = 0 ] || fail "must run as root, because it makes a system in a folder. Try: sudo make test-fresh"
for tool in debootstrap unshare git; do
    command -v "$tool" >/dev/null || fail "$tool is missing."
done

# Inside the namespaces: $2 the folder, $3 a port. Only the device files that programs expect.
if [ "${1:-}" = --inside ]; then
    root=$2
    mount -t proc proc "$root/proc"
    mount -t tmpfs -o mode=755 tmpfs "$root/dev"
    for node in null zero full random urandom tty; do
        touch "$root/dev/$node"
        mount --bind "/dev/$node" "$root/dev/$node"
    done
    mkdir "$root/dev/shm" "$root/dev/pts"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts"
    ln -s pts/ptmx "$root/dev/ptmx"
    ln -s /proc/self/fd "$root/dev/fd"
    for i in 0:stdin 1:stdout 2:stderr; do ln -s "/proc/self/fd/${i%:*}" "$root/dev/${i#*:}"; done
    exec chroot "$root" /usr/bin/env -i HOME=/root LC_ALL=C.UTF-8 PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
        bash /srv/shuinuo/tests/fresh-inner.sh "$3"
fi

suite=bookworm
made=""
if [ -n "${FRESH_DIR:-}" ]; then
    root=$FRESH_DIR
    [ ! -e "$root" ] || [ -z "$(ls -A "$root")" ] || fail "$root is not empty."
    mkdir -p "$root"
else
    root=$(mktemp -d /var/tmp/shuinuo-fresh-XXXXXX)
fi
made=$root
trap 'rm -rf --one-file-system "$made"' EXIT
trap 'exit 130' INT TERM HUP

# "URI suite component" of each of this machine's sources that belongs to the suite.
# shellcheck disable=SC2016  # apt's own variables
sources=$(apt-get indextargets --format '$(REPO_URI) $(RELEASE) $(COMPONENT)' 'Created-By: Packages' | grep -E " $suite(-updates|-security)? " | sort -u)
mirror=$(awk -v suite="$suite" '$2 == suite { print $1; exit }' <<<"$sources")
[ -n "$mirror" ] || fail "apt on this machine has no source for Debian 12 ($suite). Run apt-get update, or add one."
proxies=$(apt-config dump | grep -E '^Acquire::(http|https)::Proxy' || true)

say "making a bare Debian 12 in $root"
timeout 1200 debootstrap --variant=minbase --include=make "$suite" "$root" "$mirror" >"$root.log" 2>&1 || {
    tail -n 20 "$root.log"
    fail "debootstrap failed"
}
rm -f "$root.log"
while read -r source; do echo "deb $source"; done <<<"$sources" >"$root/etc/apt/sources.list"
printf '%s\n' "$proxies" >"$root/etc/apt/apt.conf.d/90outside"
cp /etc/resolv.conf "$root/etc/resolv.conf"
cp /etc/hosts "$root/etc/hosts"

# How this machine reaches the network, for npm and apt inside.
{
    for name in http_proxy https_proxy no_proxy HTTP_PROXY HTTPS_PROXY NO_PROXY; do
        [ -z "${!name:-}" ] || printf 'export %s=%q\n' "$name" "${!name}"
    done
    if command -v npm >/dev/null; then printf 'export npm_config_registry=%q\n' "$(npm config get registry 2>/dev/null)"; fi
    if [ -s /etc/ssl/certs/ca-certificates.crt ]; then
        cp -L /etc/ssl/certs/ca-certificates.crt "$root/srv/outside-ca.crt"
        echo 'export NODE_EXTRA_CA_CERTS=/srv/outside-ca.crt npm_config_cafile=/srv/outside-ca.crt'
        echo 'Acquire::https::CaInfo "/srv/outside-ca.crt";' >>"$root/etc/apt/apt.conf.d/90outside"
    fi
} >"$root/srv/environment"

[ -z "$(git status --porcelain)" ] || echo "note: what is not committed is not tested here"
mkdir "$root/srv/shuinuo"
git archive HEAD | tar -x -C "$root/srv/shuinuo"

port=$((20000 + RANDOM % 10000))
timeout --kill-after=30 5400 unshare --mount --pid --fork --kill-child --propagation private \
    bash "$(pwd)/tests/fresh.sh" --inside "$root" "$port" && say "a fresh system runs it and its tests pass" && exit 0
fail "see above"
