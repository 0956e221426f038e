/*
 * Floor 1: the smallest FastCGI program. A fixed body of the size given, nothing read, nothing computed.
 *
 *   hello SOCKET PROCESSES BYTES
 */
#include <fcgiapp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void serve(int socket, const char *body, int length)
{
    FCGX_Request request;
    char header[128];
    int header_length = snprintf(header, sizeof header, "Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\n\r\n");
    if (FCGX_InitRequest(&request, socket, 0) != 0)
        exit(1);
    while (FCGX_Accept_r(&request) >= 0) {
        FCGX_PutStr(header, header_length, request.out);
        FCGX_PutStr(body, length, request.out);
        FCGX_Finish_r(&request);
    }
}

int main(int argc, char **argv)
{
    if (argc != 4 || FCGX_Init() != 0)
        return 2;
    int processes = (int)strtol(argv[2], NULL, 10), length = (int)strtol(argv[3], NULL, 10);
    char *body = malloc((size_t)length + 1);
    int socket = FCGX_OpenSocket(argv[1], 512);
    if (body == NULL || socket < 0 || processes < 1)
        return 1;
    memset(body, 'x', (size_t)length);
    for (int i = 0; i < processes; i++) {
        pid_t pid = fork();
        if (pid == 0) {
            signal(SIGTERM, SIG_DFL);
            if (prctl(PR_SET_PDEATHSIG, SIGKILL) == 0)
                serve(socket, body, length);
            _exit(0);
        }
        if (pid < 0)
            return 1;
    }
    while (wait(NULL) > 0)
        continue;
    return 0;
}
