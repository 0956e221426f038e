#!/bin/bash
# Every shell script of the repository, read by shellcheck.
. "$(dirname "$0")/lint.bash"

findings() {
    local script
    for script in $(files conf/*/*.sh tests/*.sh tests/*/*.sh tests/*/*.bash tests/bench/run .ci/run); do
        head -n 1 "$script" | grep -q -E '^#!.*(bash|sh)$' || case $script in *.bash) ;; *) continue ;; esac
        shellcheck -x -P "$(dirname "$script")" -s bash -f gcc "$script" | sed -E 's/^([^:]+:[0-9]+):[0-9]+:/shellcheck \1:/'
    done
}

rule shellcheck "shellcheck has something to say"

bad shellcheck tests/x.sh <<'END'
#!/bin/bash
rm -rf $1/
END
good tests/x.sh <<'END'
#!/bin/bash
rm -rf "$1/x"
END
finish
