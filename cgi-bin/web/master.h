/* The prefork master: owns the socket, keeps the workers alive, ends them gracefully. Internal to web. */
#ifndef WEB_MASTER_H
#define WEB_MASTER_H

#include "web/app.h"

/*
 * Makes a unix socket of mode 0660 that listens. A dead program's socket is taken over; a living one's, or a file that is
 * no socket, is refused. Returns the descriptor, or -1 with a fault.
 */
int master_listen(const char *path, struct fault *fault);

/*
 * Keeps `workers` processes serving until TERM, INT or QUIT, then until they ended their requests. On HUP `reload` is
 * called, and when it says STATUS_OK the workers are replaced. Returns the exit code. Does not return to a worker:
 * a worker's process ends in here.
 */
int master_run(struct app *app, int listening, int workers, enum status (*reload)(struct app *app));

#endif
