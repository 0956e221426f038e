/*
 * Plain text of ours (core/public_text.h) on a page: paragraphs and lists, every character escaped as everywhere.
 */
#ifndef WEB_PROSE_H
#define WEB_PROSE_H

#include "web/page.h"

/*
 * Rows NAME.0, NAME.1, …: a paragraph has .text, a list has .is_list and .Items.N.text. The macro prose() of layout.cs shows
 * them. Lines are copied into the arena.
 */
void prose_show(struct arena *arena, struct view *view, const char *name, const char *body);

#endif
