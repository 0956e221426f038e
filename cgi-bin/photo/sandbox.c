#include "photo/sandbox.h"

#include <errno.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#if defined(__SANITIZE_ADDRESS__)
#define IS_CHECKED_BUILD 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define IS_CHECKED_BUILD 1
#endif
#endif
#ifndef IS_CHECKED_BUILD
#define IS_CHECKED_BUILD 0
#endif

#define EXIT_NO_SANDBOX 70
#define ADDRESS_BYTES (SANDBOX_MEMORY_BYTES + (size_t)40 * 1024 * 1024) /* libraries and stack stand beside it */
#define PROCESSOR_SECONDS (IS_CHECKED_BUILD ? 40 : 4)

/* warn: where the process is told, most: where it ends */
static void limit(__rlimit_resource_t resource, rlim_t warn, rlim_t most)
{
    const struct rlimit value = {warn, most};

    if (setrlimit(resource, &value) != 0)
        _exit(EXIT_NO_SANDBOX);
}

static void set_limits(void)
{
    limit(RLIMIT_CORE, 0, 0);
    limit(RLIMIT_NOFILE, 0, 0);
    limit(RLIMIT_NPROC, 0, 0);
    limit(RLIMIT_MEMLOCK, 0, 0);
    limit(RLIMIT_CPU, PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1);
    if (!IS_CHECKED_BUILD) {
        limit(RLIMIT_FSIZE, 0, 0);
        limit(RLIMIT_DATA, SANDBOX_MEMORY_BYTES, SANDBOX_MEMORY_BYTES);
        limit(RLIMIT_AS, ADDRESS_BYTES, ADDRESS_BYTES);
    }
}

static void allow(scmp_filter_ctx filter, int call)
{
    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, call, 0) != 0)
        _exit(EXIT_NO_SANDBOX);
}

/* Memory without a file behind it, and never to be executed. */
static void allow_memory(scmp_filter_ctx filter)
{
    const struct scmp_arg_cmp is_data = SCMP_A2(SCMP_CMP_MASKED_EQ, PROT_EXEC, 0);
    const struct scmp_arg_cmp is_anonymous = SCMP_A3(SCMP_CMP_MASKED_EQ, MAP_ANONYMOUS, MAP_ANONYMOUS);

    if (seccomp_rule_add(filter, SCMP_ACT_ALLOW, SCMP_SYS(mmap), 2, is_data, is_anonymous) != 0)
        _exit(EXIT_NO_SANDBOX);
    allow(filter, SCMP_SYS(brk));
    allow(filter, SCMP_SYS(munmap));
    allow(filter, SCMP_SYS(mremap));
    allow(filter, SCMP_SYS(madvise));
}

static void set_filter(void)
{
    scmp_filter_ctx filter = seccomp_init(IS_CHECKED_BUILD ? SCMP_ACT_ERRNO(EPERM) : SCMP_ACT_KILL_PROCESS);

    if (filter == NULL)
        _exit(EXIT_NO_SANDBOX);
    allow(filter, SCMP_SYS(read));
    allow(filter, SCMP_SYS(write));
    allow(filter, SCMP_SYS(exit_group));
    allow(filter, SCMP_SYS(futex));
    allow_memory(filter);
    if (IS_CHECKED_BUILD) /* its runtime looks at the stack before every end */
        allow(filter, SCMP_SYS(sigaltstack));
    if (seccomp_load(filter) != 0)
        _exit(EXIT_NO_SANDBOX);
}

void sandbox_enter(void)
{
    if (prctl(PR_SET_PDEATHSIG, SIGKILL) != 0 || prctl(PR_SET_DUMPABLE, 0) != 0 ||
        prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        _exit(EXIT_NO_SANDBOX);
    set_limits();
    set_filter();
}
