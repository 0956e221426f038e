#!/bin/bash
# Installs, by name, the Debian packages of the given groups that are not there yet.
#   packages.sh GROUP...     groups: build run test bench fresh
# Does nothing, quickly and without any right, when nothing is missing. While apt works, a temporary policy-rc.d keeps
# every package from starting a service; it is gone afterwards. PACKAGES=no only says what is missing.
set -eu

build_packages="gcc libc6-dev make libfcgi-dev clearsilver-dev libmariadb-dev libsodium-dev libqrencode-dev libcurl4-openssl-dev libxlsxwriter-dev libjpeg62-turbo-dev libpng-dev libwebp-dev libseccomp-dev"
run_packages="mariadb-server-core mariadb-client-core nginx-light"
test_packages="clang libclang-rt-14-dev cppcheck shellcheck fonts-noto-cjk curl procps unzip libxml2-utils"
bench_packages="wrk"
fresh_packages="debootstrap git"

policy=/usr/sbin/policy-rc.d
saved=/usr/sbin/policy-rc.d.before-shuinuo

say() { printf '%s\n' "$*" >&2; }

# A tool that is already there, from wherever it came, is not replaced by a package.
has_node() { command -v node >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0]')" -ge 18 ]; }

wanted() {
    local group
    for group in "$@"; do
        case $group in
        build) echo "$build_packages" ;;
        run)
            echo "$run_packages"
            # Any nginx will do.
            ;;
        test)
            echo "$test_packages"
            has_node || echo nodejs
            command -v npm >/dev/null || echo npm
            command -v chromium >/dev/null || echo chromium
            command -v java >/dev/null || echo default-jre-headless
            ;;
        bench) echo "$bench_packages" ;;
        fresh) echo "$fresh_packages" ;;
        *) say "packages.sh: no group of packages is called '$group'"; exit 2 ;;
        esac
    done
}

is_installed() {
    case $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) in
    installed) return 0 ;;
    esac
    case $1 in
    nginx-light) command -v nginx >/dev/null || [ -x /usr/sbin/nginx ] ;;
    *) return 1 ;;
    esac
}

command -v dpkg-query >/dev/null || {
    say "This is not a Debian system, so nothing is installed for you; needed are: $(wanted "$@" | tr '\n' ' ')"
    exit 0
}

missing=""
for name in $(wanted "$@"); do
    is_installed "$name" || missing="$missing $name"
done
[ -n "$missing" ] || exit 0

if [ "${PACKAGES:-yes}" = no ]; then
    say "These Debian packages are missing and PACKAGES=no forbids installing them:$missing"
    exit 1
fi
as_root=""
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
        as_root=sudo
    else
        say "These Debian packages are missing:$missing"
        say "You are not root and sudo cannot be used. Ask an administrator to run:  apt-get install --no-install-recommends$missing"
        exit 1
    fi
fi

restore_policy() {
    $as_root rm -f "$policy"
    if [ -e "$saved" ]; then $as_root mv -f "$saved" "$policy"; fi
}
trap 'exit 130' INT TERM HUP
trap restore_policy EXIT
if [ -e "$policy" ] && [ ! -e "$saved" ]; then $as_root mv "$policy" "$saved"; fi
printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
$as_root chmod 755 "$policy"

say "installing Debian packages:$missing"
apt="env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=300"
# shellcheck disable=SC2086  # the words of these variables are separate arguments
{
    $as_root $apt update
    $as_root $apt install --no-install-recommends $missing
} || {
    say "apt-get could not install:$missing"
    say "Its words stand above. Often the network or /etc/apt/sources.list is the reason; mend it and start again."
    exit 1
}
