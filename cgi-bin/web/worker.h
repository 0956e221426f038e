/* One process that serves: FastCGI on a listening socket, or a single CGI request. Internal to web. */
#ifndef WEB_WORKER_H
#define WEB_WORKER_H

#include "web/app.h"

/*
 * Serves until TERM, INT, QUIT or HUP, or until settings.requests_per_worker are answered. Returns the exit code: 0 at
 * such an end. Signals are held back while a request is in hand.
 */
int worker_serve(struct app *app, int listening);

/* Answers the one request of a CGI process from stdin and environ to stdout. Returns the exit code. */
int worker_serve_cgi(struct app *app);

#endif
