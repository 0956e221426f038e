/* QR codes as the path of an SVG, drawn by the macro qr() of layout.cs. */
#ifndef WEB_QR_H
#define WEB_QR_H

#include "web/page.h"

/* The path over all dark modules, in the arena, and the side of its square in modules. NULL: longer than a code holds. */
const char *qr_path(const char *text, struct arena *arena, int *size);

/*
 * Sets NAME.path (in units of a module, with the four modules of margin that readers need) and NAME.size below the view. Nothing is set for a text that is longer than a code holds. text: not personal data; it is on the
 * screen
 */
void qr_show(struct view *view, const char *name, const char *text, struct arena *arena);

#endif
