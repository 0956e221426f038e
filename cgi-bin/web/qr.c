#include "web/qr.h"

#include <qrencode.h>

#include "base/text.h"

enum { MARGIN = 4, RUN_BYTES = 24 };

/* One rectangle for every run of dark modules in a row: "M4 9h3v1h-3z". */
static void add_rows(struct text *path, const QRcode *code)
{
    for (int y = 0; y < code->width; y++) {
        for (int x = 0; x < code->width; x++) {
            const int start = x;
            while (x < code->width && (code->data[y * code->width + x] & 1U) != 0)
                x++;
            if (x > start)
                text_add_format(path, "M%d %dh%dv1h-%dz", start + MARGIN, y + MARGIN, x - start, x - start);
        }
    }
}

const char *qr_path(const char *text, struct arena *arena, int *size)
{
    QRcode *code = QRcode_encodeString8bit(text, 0, QR_ECLEVEL_M);

    if (code == NULL)
        return NULL;
    const size_t room = (size_t)code->width * (size_t)code->width * RUN_BYTES / 2 + 1;
    struct text path;
    text_init(&path, arena_take(arena, room), room);
    add_rows(&path, code);
    *size = code->width + 2 * MARGIN;
    QRcode_free(code);
    return path.bytes;
}

void qr_show(struct view *view, const char *name, const char *text, struct arena *arena)
{
    int size = 0;
    const char *path = qr_path(text, arena, &size);

    if (path == NULL)
        return;
    struct view *child = view_child(view, name);
    view_text(child, "path", path);
    view_number(child, "size", size);
}
