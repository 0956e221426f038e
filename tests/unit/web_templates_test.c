/* Templates as they are read: what never changes is put in once, escaped as a page would. */
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "web/clearsilver.h"
#include "web/templates.h"

static struct settings settings;

static void write_file(const char *name, const char *content)
{
    char path[SETTING_TEXT_BYTES + 64];
    snprintf(path, sizeof path, "%s/%s", settings.template_dir, name);
    FILE *file = fopen(path, "w");
    REQUIRE(file != NULL);
    CHECK(fputs(content, file) >= 0);
    CHECK_INT(fclose(file), 0);
}

static void make_folder(const char *name)
{
    char path[SETTING_TEXT_BYTES + 64];
    snprintf(path, sizeof path, "%s/%s", settings.template_dir, name);
    CHECK_INT(mkdir(path, 0700), 0);
}

/* A folder of templates with one page of the program "a"; it goes with the machine's temporary files. */
static void open_templates(const char *page)
{
    struct fault fault = {0};
    const char *temporary = getenv("TMPDIR");
    snprintf(settings.template_dir, sizeof settings.template_dir, "%s/shuinuo-templates-XXXXXX",
             temporary == NULL ? "/tmp" : temporary);
    snprintf(settings.company_zh, sizeof settings.company_zh, "水 & \"务\"");
    snprintf(settings.company_en, sizeof settings.company_en, "Water");
    REQUIRE(mkdtemp(settings.template_dir) != NULL);
    make_folder("a");
    make_folder("text");
    write_file("error.cs", "");
    write_file("resend.cs", "");
    write_file("a/page.cs", page);
    write_file("text/zh-CN.a.hdf", "plain = 好\nangle = <b> & ?>\ntag = <?cs var:Page.x ?>\n");
    write_file("text/en.a.hdf", "plain = good\nangle = <b>\ntag = x\n");
    REQUIRE_STATUS(words_open(settings.template_dir, &fault), STATUS_OK);
    REQUIRE_STATUS(templates_open(&settings, "a", &fault), STATUS_OK);
}

static const char *render(enum language language, const char *name, const char *value)
{
    struct fault fault = {0};
    const char *page = "";
    size_t length = 0;
    HDF *tree = NULL;
    tree_must(hdf_init(&tree));
    if (name != NULL)
        tree_must(hdf_set_value(tree, name, value));
    CHECK_STATUS(template_render(templates_find("a/page"), language, tree, &page, &length, &fault), STATUS_OK);
    hdf_destroy(&tree);
    return page;
}

static void close_templates(void)
{
    static const char *const files[] = {"a/page.cs", "error.cs",       "resend.cs", "text/zh-CN.a.hdf",
                                        "text/en.a.hdf", "a",          "text",      ""};
    templates_close();
    words_close();
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        char path[SETTING_TEXT_BYTES + 64];
        snprintf(path, sizeof path, "%s/%s", settings.template_dir, files[i]);
        CHECK_INT(remove(path), 0);
    }
}

TEST(words_and_what_is_shown_of_the_site_are_escaped_once)
{
    open_templates("<?cs var:Text.plain ?>|<?cs var:Text.angle ?>|<?cs var:Site.company ?>");
    CHECK_TEXT(render(LANGUAGE_ZH, NULL, NULL), "好|&lt;b&gt; &amp; ?&gt;|水 &amp; &quot;务&quot;");
    CHECK_TEXT(render(LANGUAGE_EN, NULL, NULL), "good|&lt;b&gt;|Water");
    close_templates();
}

TEST(words_are_never_taken_for_a_tag)
{
    open_templates("<?cs var:Text.tag ?>");
    CHECK_TEXT(render(LANGUAGE_ZH, "Page.x", "evil"), "&lt;?cs var:Page.x ?&gt;");
    close_templates();
}

TEST(all_other_tags_stay_what_they_are)
{
    open_templates("<?cs var:Page.x ?>|<?cs if:Text.plain ?>y<?cs /if ?>|<?cs var:Text.absent ?>|"
                   "<?cs var:url_escape(Text.plain) ?>|<?cs var:Texts ?>");
    CHECK_TEXT(render(LANGUAGE_ZH, "Page.x", "<i>"), "&lt;i&gt;|y||%E5%A5%BD|");
    close_templates();
}
