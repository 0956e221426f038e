/*
 * Strangers' pictures through the helper `photo` as programs use it: what comes out is a small clean JPEG of what was in the
 * picture, or a verdict that a sentence can be made of; and what the helper may not do, it cannot.
 */
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/photo.h"
#include "check.h"
#include "photo/exif.h"
#include "photo/picture.h"
#include "photo/sandbox.h"
#include "picture.h"

/* What main() of the helper does otherwise. */
_Noreturn void picture_give_up(enum photo_verdict verdict)
{
    fprintf(stderr, "gave up: %s\n", photo_verdict_name(verdict));
    _exit(1);
}

void *picture_take(size_t count, size_t size_bytes) { return calloc(count, size_bytes); }
void picture_free(void *memory) { free(memory); }

static struct arena arena;

static void prepare(void)
{
    static char path[4096];

    if (arena.limit_bytes != 0)
        return;
    crypto_start();
    arena_init(&arena, (size_t)512 * 1024 * 1024);
    snprintf(path, sizeof path, "%s/bin/photo", getenv("SHUINUO_BUILD") == NULL ? "build" : getenv("SHUINUO_BUILD"));
    photo_use_helper(path);
}

static enum photo_verdict reencode(struct made made, struct photo *photo)
{
    struct fault fault = {0};
    enum photo_verdict verdict = PHOTO_VERDICT__COUNT;

    prepare();
    const struct bytes bytes = {made.bytes, made.length};
    CHECK_STATUS(photo_reencode(bytes, &arena, photo, &verdict, &fault), STATUS_OK);
    CHECK_TEXT(fault.message, "");
    return verdict;
}

static const char *verdict_for(struct made made)
{
    struct photo photo;
    return photo_verdict_name(reencode(made, &photo));
}

/* The four quarters, read from the upper left, upper right, lower left, lower right; "" when it is no picture. */
static const char *quarters(const struct photo *photo)
{
    static char seen[5];
    int width, height;
    uint8_t *pixels = picture_read_jpeg(photo->jpeg.data, photo->jpeg.length, &width, &height);

    if (pixels == NULL || width != photo->width || height != photo->height)
        return "";
    for (int i = 0; i < 4; i++) {
        const int x = (i % 2 == 0 ? 1 : 3) * width / 4, y = (i < 2 ? 1 : 3) * height / 4;
        seen[i] = quarter_of(pixels + ((size_t)y * (size_t)width + (size_t)x) * 3);
    }
    free(pixels);
    return seen;
}

/* Only what a JPEG needs: no application data but JFIF's own, no comments, and nothing of what was hidden. */
static void check_clean(const struct photo *photo)
{
    const uint8_t *at = photo->jpeg.data + 2, *end = photo->jpeg.data + photo->jpeg.length;

    CHECK(memmem(photo->jpeg.data, photo->jpeg.length, PICTURE_SECRET, 8) == NULL);
    CHECK(memmem(photo->jpeg.data, photo->jpeg.length, "Exif", 4) == NULL);
    CHECK(memmem(photo->jpeg.data, photo->jpeg.length, "<?php", 5) == NULL);
    CHECK(memmem(photo->jpeg.data, photo->jpeg.length, "<script", 7) == NULL);
    CHECK(memmem(photo->jpeg.data, photo->jpeg.length, "PK\3\4", 4) == NULL);
    while (end - at > 4 && at[0] == 0xff && at[1] != 0xda) {
        CHECK(at[1] == 0xe0 || at[1] == 0xdb || at[1] == 0xc0 || at[1] == 0xc4);
        at += 2 + ((size_t)at[2] << 8 | at[3]);
    }
    CHECK(end[-2] == 0xff && end[-1] == 0xd9);
    CHECK(photo->jpeg.length <= PHOTO_KEPT_BYTES_MAX);
}

static void check_kept(struct made made, int width, int height, const char *wanted_quarters)
{
    struct photo photo;

    REQUIRE_STATUS(reencode(made, &photo), PHOTO_OK);
    CHECK_INT(photo.width, width);
    CHECK_INT(photo.height, height);
    CHECK_TEXT(quarters(&photo), wanted_quarters);
    check_clean(&photo);
}

/* ---- memory first, while this process itself is small */

TEST(three_photos_of_12_megapixels_take_the_helper_at_most_64_MiB)
{
    struct rusage usage;
    static const struct wish wishes[] = {
        {.width = 4000, .height = 3000, .grain = 24},
        {.width = 3000, .height = 4000, .grain = 24, .orientation = 6, .has_gps = true},
        {.width = 4032, .height = 3024, .grain = 24, .is_progressive = true},
    };
    for (size_t i = 0; i < 3; i++) {
        struct photo photo;
        const struct made made = picture_jpeg(&wishes[i]);
        CHECK(made.length > 2000000 && made.length < PHOTO_BYTES_MAX);
        CHECK_TEXT(photo_verdict_name(reencode(made, &photo)), "ok");
        CHECK(photo.jpeg.length <= PHOTO_KEPT_BYTES_WANTED);
        CHECK_INT(photo.width > photo.height ? photo.width : photo.height, 1600);
        arena_reset(&arena);
    }
    REQUIRE(getrusage(RUSAGE_CHILDREN, &usage) == 0);
#if defined(__SANITIZE_ADDRESS__)
    SKIP("a build with AddressSanitizer takes the memory it likes");
#endif
    CHECK(usage.ru_maxrss <= 64L * 1024);
    if (usage.ru_maxrss > 64L * 1024)
        fprintf(stderr, "it took %ld KiB\n", usage.ru_maxrss);
}

/* ---- pictures as they come */

TEST(a_photo_is_made_small_and_keeps_its_sides)
{
    check_kept(picture_jpeg(&(struct wish){.width = 2400, .height = 1200, .grain = 16}), 1600, 800, "rgby");
    check_kept(picture_jpeg(&(struct wish){.width = 1201, .height = 3203, .grain = 16}), 600, 1600, "rgby");
    check_kept(picture_jpeg(&(struct wish){.width = 1600, .height = 1600}), 1600, 1600, "rgby");
    check_kept(picture_jpeg(&(struct wish){.width = 1601, .height = 901}), 1600, 900, "rgby");
    check_kept(picture_jpeg(&(struct wish){.width = 16, .height = 12}), 16, 12, "rgby");
    check_kept(picture_jpeg(&(struct wish){.width = 19000, .height = 40}), 1600, 3, "rgby");
    check_kept(picture_png(&(struct wish){.width = 40, .height = 9000, .png_type = PNG_COLOR_TYPE_RGB}), 7, 1600, "rgby");
    CHECK_TEXT(verdict_for(picture_jpeg(&(struct wish){.width = 1, .height = 1})), "ok");
}

TEST(even_pure_noise_is_kept_in_one_megabyte)
{
    struct photo photo;
    REQUIRE_STATUS(reencode(picture_jpeg(&(struct wish){.width = 1600, .height = 1600, .quality = 100, .grain = 255}), &photo),
                   PHOTO_OK);
    CHECK(photo.jpeg.length <= PHOTO_KEPT_BYTES_MAX);
}

TEST(every_kind_of_jpeg_comes_out)
{
    check_kept(picture_jpeg(&(struct wish){.width = 640, .height = 480, .is_progressive = true}), 640, 480, "rgby");
    check_kept(picture_jpeg(&(struct wish){.width = 640, .height = 480, .channels = 4}), 640, 480, "rgby");
    CHECK_TEXT(verdict_for(picture_jpeg(&(struct wish){.width = 640, .height = 480, .channels = 1})), "ok");
}

TEST(every_kind_of_png_comes_out)
{
    static const int types[] = {PNG_COLOR_TYPE_RGB, PNG_COLOR_TYPE_RGB_ALPHA, PNG_COLOR_TYPE_PALETTE};
    for (size_t i = 0; i < 3; i++) {
        for (int is_interlaced = 0; is_interlaced < 2; is_interlaced++) {
            for (int depth = 8; depth <= 16; depth += 8) {
                if (types[i] == PNG_COLOR_TYPE_PALETTE && depth == 16)
                    continue;
                check_casef("PNG type %d, %d bits, interlaced %d", types[i], depth, is_interlaced);
                check_kept(picture_png(&(struct wish){.width = 700, .height = 500, .png_type = types[i], .depth = depth,
                                                      .is_interlaced = is_interlaced == 1, .has_gps = true}),
                           700, 500, "rgby");
            }
        }
    }
    CHECK_TEXT(verdict_for(picture_png(&(struct wish){.width = 500, .height = 400, .png_type = PNG_COLOR_TYPE_GRAY, .depth = 16})), "ok");
    CHECK_TEXT(verdict_for(picture_png(&(struct wish){.width = 500, .height = 400, .png_type = PNG_COLOR_TYPE_GRAY_ALPHA})), "ok");
    check_kept(picture_png(&(struct wish){.width = 2400, .height = 1600, .png_type = PNG_COLOR_TYPE_RGB, .grain = 4}), 1600, 1067, "rgby");
}

TEST(webp_comes_out_and_what_is_clear_becomes_white)
{
    struct photo photo;
    int width, height;
    check_kept(picture_webp(&(struct wish){.width = 900, .height = 700}), 900, 700, "rgby");
    check_kept(picture_webp(&(struct wish){.width = 3200, .height = 2400, .is_lossless = true}), 1600, 1200, "rgby");
    REQUIRE_STATUS(reencode(picture_webp(&(struct wish){.width = 400, .height = 400, .has_alpha = true}), &photo), PHOTO_OK);
    uint8_t *pixels = picture_read_jpeg(photo.jpeg.data, photo.jpeg.length, &width, &height);
    REQUIRE(pixels != NULL);
    const uint8_t *upper_left = pixels + ((size_t)100 * 400 + 100) * 3;
    CHECK(upper_left[0] > 240 && upper_left[1] > 240 && upper_left[2] > 240);
    CHECK(quarter_of(pixels + ((size_t)300 * 400 + 300) * 3) == 'y');
    free(pixels);
}

TEST(a_photo_ends_upright_whichever_way_it_was_held)
{
    /* How the four quarters of the stored picture stand in the upright one. */
    static const char *const upright[9] = {"", "rgby", "grybx", "ybgr", "byrg", "rbgy", "brygx", "ygbr", "gyrb"};
    for (int orientation = 1; orientation <= 8; orientation++) {
        char wanted[5] = "";
        memcpy(wanted, upright[orientation], 4);
        check_casef("orientation %d", orientation);
        const bool is_on_its_side = orientation >= 5;
        const struct wish wish = {.width = 640, .height = 320, .orientation = orientation, .has_gps = true};
        check_kept(picture_jpeg(&wish), is_on_its_side ? 320 : 640, is_on_its_side ? 640 : 320, wanted);
        check_kept(picture_webp_long(&wish, false), is_on_its_side ? 320 : 640, is_on_its_side ? 640 : 320, wanted);
    }
}

TEST(the_same_picture_gives_the_same_bytes)
{
    struct photo first, second;
    const struct made made = picture_jpeg(&(struct wish){.width = 800, .height = 600, .grain = 16});
    REQUIRE_STATUS(reencode(made, &first), PHOTO_OK);
    REQUIRE_STATUS(reencode(made, &second), PHOTO_OK);
    CHECK_BYTES(first.hash.bytes, second.hash.bytes, HASH_BYTES);
}

/* ---- what must not come through */

static struct made text_file(const char *words)
{
    struct made made = {0};
    made_add(&made, words, strlen(words));
    return made;
}

TEST(what_is_no_photo_is_said_to_be_none)
{
    static const struct {
        const char *words, *verdict;
    } cases[] = {
        {"", "broken"},
        {"GIF89a\1\0\1\0\x80\1\1\1 and more of it", "wrong_kind"},
        {"<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>", "wrong_kind"},
        {"<!DOCTYPE html><script>alert(1)</script>", "wrong_kind"},
        {"<?php system($_GET['c']); ?> and more", "wrong_kind"},
        {"%PDF-1.7 and more of it, far more", "wrong_kind"},
        {"PK\3\4 a zip file of some length", "wrong_kind"},
        {"\xff\xd8\xff\xe0", "wrong_kind"},
        {"\xff\xd8\xff and then words that are no JPEG", "broken"},
        {"\x89PNG\r\n\x1a\n and then words that are no PNG", "broken"},
        {"RIFF\xff\xff\xff\xffWEBPVP8 nothing", "broken"},
        {"RIFF\x20\1\1\1WEBPVP8 nothing", "broken"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_casef("a file that begins with %.12s", cases[i].words);
        CHECK_TEXT(verdict_for(text_file(cases[i].words)), cases[i].verdict);
    }
}

TEST(heic_is_known_by_its_name)
{
    struct made heic = {0}, avif = {0}, film = {0};
    made_add(&heic, "\0\0\0\x18" "ftypheic\0\0\0\0mif1heic", 24);
    made_add(&avif, "\0\0\0\x18" "ftypavif\0\0\0\0mif1avif", 24);
    made_add(&film, "\0\0\0\x18" "ftypisom\0\0\0\0isommp42", 24);
    CHECK_TEXT(verdict_for(heic), "heic");
    CHECK_TEXT(verdict_for(avif), "wrong_kind");
    CHECK_TEXT(verdict_for(film), "wrong_kind");
}

TEST(a_moving_webp_is_no_photo)
{
    CHECK_TEXT(verdict_for(picture_webp_long(&(struct wish){.width = 200, .height = 100}, true)), "wrong_kind");
}

TEST(one_byte_more_than_ten_megabytes_is_too_big)
{
    struct made made = picture_jpeg(&(struct wish){.width = 640, .height = 480});
    while (made.length <= PHOTO_BYTES_MAX)
        made_add(&made, made.bytes, made.length);
    made.length = PHOTO_BYTES_MAX;
    CHECK_TEXT(verdict_for(made), "ok");
    made.length = PHOTO_BYTES_MAX + 1;
    CHECK_TEXT(verdict_for(made), "too_big");
}

TEST(too_many_pixels_are_refused_by_the_head_alone)
{
    CHECK_TEXT(verdict_for(picture_png_bomb(30000, 30000, 1000, 0)), "too_many_pixels");
    CHECK_TEXT(verdict_for(picture_png_bomb(20001, 10, 1000, 0)), "too_many_pixels");
    CHECK_TEXT(verdict_for(picture_png_bomb(8000, 7000, 1000, 0)), "too_many_pixels");
    CHECK_TEXT(verdict_for(picture_png_bomb(0x7fffffff, 0x7fffffff, 1000, 0)), "too_many_pixels");
    struct made jpeg = picture_jpeg(&(struct wish){.width = 64, .height = 64});
    uint8_t *frame = memmem(jpeg.bytes, jpeg.length, "\xff\xc0", 2);
    REQUIRE(frame != NULL);
    memcpy(frame + 5, "\x75\x30\x75\x30", 4);
    CHECK_TEXT(verdict_for(jpeg), "too_many_pixels");
}

TEST(a_photo_of_50_megapixels_is_opened)
{
    check_kept(picture_jpeg(&(struct wish){.width = 8160, .height = 6144, .quality = 60}), 1600, 1205, "rgby");
}

TEST(what_unfolds_without_end_is_not_unfolded)
{
    /* a hundred pixels with 256 megabytes behind them; a comment of as many; a head that promises more than there is */
    CHECK_TEXT(verdict_for(picture_png_bomb(100, 100, (size_t)1 << 28, 0)), "ok");
    CHECK_TEXT(verdict_for(picture_png_bomb(100, 100, 1400, (size_t)1 << 28)), "ok");
    CHECK_TEXT(verdict_for(picture_png_bomb(5000, 5000, 1000, 0)), "broken");
    /* 48 megapixels in seven passes do not fit */
#if !defined(__SANITIZE_ADDRESS__)
    CHECK_TEXT(verdict_for(picture_png(&(struct wish){.width = 7000, .height = 6800, .png_type = PNG_COLOR_TYPE_GRAY, .depth = 1,
                                                      .is_interlaced = true})),
               "too_many_pixels");
#endif
}

TEST(a_photo_with_something_behind_it_loses_it)
{
    static const char *const tails[] = {"<?php system('id'); ?>", "<script>alert(1)</script>", "PK\3\4 a zip file"};
    for (size_t i = 0; i < 3; i++) {
        struct made jpeg = picture_jpeg(&(struct wish){.width = 320, .height = 240});
        struct made png = picture_png(&(struct wish){.width = 320, .height = 240, .png_type = PNG_COLOR_TYPE_RGB});
        struct made webp = picture_webp(&(struct wish){.width = 320, .height = 240});
        made_add(&jpeg, tails[i], strlen(tails[i]));
        made_add(&png, tails[i], strlen(tails[i]));
        made_add(&webp, tails[i], strlen(tails[i]));
        check_kept(jpeg, 320, 240, "rgby");
        check_kept(png, 320, 240, "rgby");
        check_kept(webp, 320, 240, "rgby");
    }
}

TEST(a_photo_that_was_cut_off_is_broken_wherever_it_was_cut)
{
    const struct made whole[] = {
        picture_jpeg(&(struct wish){.width = 1000, .height = 800, .grain = 16}),
        picture_jpeg(&(struct wish){.width = 1000, .height = 800, .grain = 16, .is_progressive = true}),
        picture_png(&(struct wish){.width = 500, .height = 400, .png_type = PNG_COLOR_TYPE_RGB, .grain = 16}),
        picture_png(&(struct wish){.width = 500, .height = 400, .png_type = PNG_COLOR_TYPE_RGB, .grain = 16, .is_interlaced = true}),
        picture_webp(&(struct wish){.width = 1000, .height = 800, .grain = 16}),
        picture_webp(&(struct wish){.width = 500, .height = 400, .grain = 16, .is_lossless = true}),
    };
    for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++) {
        check_casef("picture %zu", i);
        for (size_t part = 1; part < 16; part++) {
            const struct made cut = {.bytes = whole[i].bytes, .length = whole[i].length * part / 16};
            const char *verdict = verdict_for(cut);
            CHECK_TEXT(verdict, "broken");
        }
    }
}

TEST(bytes_changed_anywhere_give_a_picture_or_a_verdict)
{
    const struct made whole[] = {
        picture_jpeg(&(struct wish){.width = 300, .height = 200, .orientation = 6}),
        picture_png(&(struct wish){.width = 150, .height = 100, .png_type = PNG_COLOR_TYPE_RGB}),
        picture_webp_long(&(struct wish){.width = 300, .height = 200, .orientation = 6}, false),
    };
    for (size_t i = 0; i < 3; i++) {
        for (size_t n = 0; n < 40; n++) {
            struct made changed = {0};
            struct photo photo;
            made_add(&changed, whole[i].bytes, whole[i].length);
            changed.bytes[12 + (n * n * 7 + n) % (changed.length - 12)] ^= (uint8_t)(1u << n % 8);
            if (reencode(changed, &photo) == PHOTO_OK)
                check_clean(&photo);
        }
    }
}

/* ---- the parser of EXIF by itself */

TEST(exif_that_leads_nowhere_means_upright)
{
    struct made exif = picture_exif(&(struct wish){.orientation = 6});
    CHECK_INT(exif_orientation(exif.bytes, exif.length), 6);
    for (size_t length = 0; length < exif.length - sizeof PICTURE_SECRET; length++) {
        const int orientation = exif_orientation(exif.bytes, length);
        CHECK(orientation == 1 || (orientation == 6 && length >= 6 + 8 + 2 + 22));
    }
    memcpy(exif.bytes + 6 + 4, "\xff\xff\xff\xff", 4);
    CHECK_INT(exif_orientation(exif.bytes, exif.length), 1);
    memcpy(exif.bytes + 6 + 4, "\x08\0\0\0", 4);
    CHECK_INT(exif_orientation(exif.bytes, exif.length), 1);
    CHECK_INT(exif_orientation((const uint8_t *)"Exif\0\0XX\x2a", 9), 1);
}

/* ---- the sandbox */

/* How a process ends that enters the sandbox and tries this; EPERM's number when the call is refused instead. */
static int fate_of(void (*attempt)(void))
{
    int state = 0;
    const pid_t pid = fork();

    if (pid == 0) {
        sandbox_enter();
        errno = 0;
        attempt();
        _exit(errno == 0 ? 99 : errno);
    }
    REQUIRE(pid > 0 && waitpid(pid, &state, 0) == pid);
    return WIFSIGNALED(state) ? -WTERMSIG(state) : WEXITSTATUS(state);
}

static void try_nothing(void) { _exit(write(STDERR_FILENO, "", 0) == 0 ? 42 : 1); }
static void try_open(void) { close(open("/etc/passwd", O_RDONLY)); }
static void try_socket(void) { close(socket(AF_INET, SOCK_STREAM, 0)); }
static void try_fork(void) { (void)!fork(); }
static void try_run(void)
{
    static char name[] = "true";
    char *arguments[] = {name, NULL};
    execv("/bin/true", arguments);
}
static void try_kill(void) { kill(1, SIGTERM); }
static void try_code(void) { (void)!mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0); }
static void try_protect(void)
{
    static uint8_t page[8192];
    mprotect((void *)(((uintptr_t)page + 4095) & ~(uintptr_t)4095), 4096, PROT_EXEC);
}
static void try_file_map(void) { (void)!mmap(NULL, 4096, PROT_READ, MAP_PRIVATE, 0, 0); }

TEST(the_helper_cannot_open_connect_start_or_run_anything)
{
    static const struct {
        const char *name;
        void (*attempt)(void);
    } cases[] = {
        {"open a file", try_open}, {"make a socket", try_socket}, {"fork", try_fork}, {"run a program", try_run},
        {"signal another", try_kill}, {"make code", try_code}, {"turn data into code", try_protect}, {"map a file", try_file_map},
    };
    CHECK_INT(fate_of(try_nothing), 42);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check_case(cases[i].name);
#if defined(__SANITIZE_ADDRESS__)
        CHECK_INT(fate_of(cases[i].attempt), EPERM);
#else
        CHECK_INT(fate_of(cases[i].attempt), -SIGSYS);
#endif
    }
}

static void try_memory(void)
{
    for (int i = 0; i < 100; i++) {
        uint8_t *piece = malloc((size_t)1024 * 1024);
        if (piece == NULL)
            _exit(43);
        memset(piece, i, (size_t)1024 * 1024);
    }
}

static void try_time(void)
{
    for (volatile unsigned n = 0;; n++)
        ;
}

TEST(the_helper_has_little_memory_and_little_time)
{
#if defined(__SANITIZE_ADDRESS__)
    (void)try_time;
    (void)try_memory;
    SKIP("a build with AddressSanitizer has other limits");
#else
    CHECK_INT(fate_of(try_memory), 43);
    CHECK_INT(fate_of(try_time), -SIGXCPU);
#endif
}

/* ---- when the helper itself fails */

static enum photo_verdict with_helper(const char *path, enum status wanted)
{
    const struct made made = picture_jpeg(&(struct wish){.width = 2000, .height = 1500, .grain = 64});
    enum photo_verdict verdict = PHOTO_OK;
    struct fault fault = {0};
    struct photo photo;

    prepare();
    photo_use_helper(path);
    CHECK_STATUS(photo_reencode((struct bytes){made.bytes, made.length}, &arena, &photo, &verdict, &fault), wanted);
    return verdict;
}

TEST(a_helper_that_never_answers_is_ended)
{
    char folder[] = "/tmp/shuinuo-photo-XXXXXX", path[64];
    static const char script[] = "#!/bin/sh\nexec sleep 600\n";
    REQUIRE(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/photo", folder);
    const int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0700);
    REQUIRE(file >= 0 && write(file, script, sizeof script - 1) == sizeof script - 1 && close(file) == 0);
    CHECK_TEXT(photo_verdict_name(with_helper(path, STATUS_OK)), "broken");
    CHECK(waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD);
    unlink(path);
    rmdir(folder);
}

TEST(a_helper_that_is_not_there_is_a_failure_and_one_that_talks_nonsense_is_not_believed)
{
    with_helper("/nonexistent/photo", STATUS_FAILED);
    CHECK_TEXT(photo_verdict_name(with_helper("/bin/false", STATUS_OK)), "broken");
    CHECK_TEXT(photo_verdict_name(with_helper("/bin/cat", STATUS_OK)), "broken");
    CHECK_TEXT(photo_verdict_name(with_helper("/usr/bin/yes", STATUS_OK)), "broken");
    arena_release(&arena);
    arena = (struct arena){0};
}
