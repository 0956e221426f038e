<?cs #
Macros of all pages. A public page is

    include! layout.cs, call:public_start(), the page, call:public_end()

Arguments named f are Form.NAME nodes (value, error); lists of choices hold value, label, hint and is_checked.
Every argument is passed at every call; "" stands for what is not wanted.

---- the frame

?><?cs def:page_head(sheet, script) ?><!DOCTYPE html>
<html lang="<?cs var:Page.lang ?>"<?cs if:Page.is_elder ?> class="elder"<?cs /if ?>>
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title><?cs if:?Errors.0.name ?><?cs var:Text.layout.title_error ?><?cs /if ?><?cs var:Page.title ?> - <?cs var:Site.company ?></title>
<?cs if:Page.description ?><meta name="description" content="<?cs var:Page.description ?>">
<?cs /if ?><link rel="stylesheet" href="<?cs var:Site.base ?>/static/css/site.css?v=<?cs var:url_escape(Site.version) ?>">
<?cs if:sheet ?><link rel="stylesheet" href="<?cs var:Site.base ?>/static/css/<?cs var:sheet ?>.css?v=<?cs var:url_escape(Site.version) ?>">
<?cs /if ?><?cs if:script ?><script src="<?cs var:Site.base ?>/static/js/<?cs var:script ?>.js?v=<?cs var:url_escape(Site.version) ?>" defer></script>
<?cs /if ?><?cs each:feed = Page.Feeds ?><link rel="alternate" type="<?cs var:feed.type ?>" href="<?cs var:feed.href ?>" title="<?cs var:feed.title ?>">
<?cs /each ?><link rel="icon" href="data:,">
</head>
<?cs /def ?><?cs #

?><?cs def:page_switches() ?><?cs if:Page.is_elder ?><a href="<?cs var:Page.elder_url ?>" rel="nofollow"><?cs var:Text.layout.elder_off ?></a><?cs else ?><a href="<?cs var:Page.elder_url ?>" rel="nofollow"><?cs var:Text.layout.elder_on ?></a><?cs /if ?>
<?cs if:Page.is_en ?><a href="<?cs var:Page.other_lang_url ?>" rel="nofollow" lang="zh-CN" hreflang="zh-CN"><?cs var:Text.layout.other_language ?></a><?cs else ?><a href="<?cs var:Page.other_lang_url ?>" rel="nofollow" lang="en" hreflang="en"><?cs var:Text.layout.other_language ?></a><?cs /if ?><?cs /def ?><?cs #

?><?cs def:sample_banner() ?><?cs if:Site.is_sample ?><p class="sample"><?cs var:Text.layout.sample ?></p>
<?cs /if ?><?cs /def ?><?cs #

?><?cs def:hotline_link() ?><a class="tel" href="tel:<?cs var:url_escape(Site.hotline) ?>"><?cs var:Site.hotline ?></a><?cs /def ?><?cs #

?><?cs def:public_start() ?><?cs call:page_head("", Page.script) ?><body>
<a class="skip" href="#main"><?cs var:Text.layout.skip ?></a>
<header class="top"><?cs call:sample_banner() ?><div class="wide"><a class="brand" href="<?cs var:Site.base ?>/"><?cs var:Site.company ?></a>
<nav aria-label="<?cs var:Text.layout.switches ?>"><?cs call:page_switches() ?></nav></div></header>
<main id="main" tabindex="-1">
<?cs /def ?><?cs #

?><?cs def:public_end() ?></main>
<footer><div class="wide">
<p class="hotline"><?cs var:Text.layout.hotline ?> <?cs call:hotline_link() ?> <span><?cs var:Text.layout.hotline_hours ?></span></p>
<ul class="links"><li><a href="<?cs var:Site.base ?>/"><?cs var:Text.layout.home ?></a></li>
<li><a href="<?cs var:Site.base ?>/complaint/"><?cs var:Text.layout.complaint ?></a></li>
<li><a href="<?cs var:Site.base ?>/complaint/follow"><?cs var:Text.layout.follow ?></a></li>
<li><a href="<?cs var:Site.base ?>/outage/"><?cs var:Text.layout.outages ?></a></li>
<li><a href="<?cs var:Site.base ?>/commitment/"><?cs var:Text.layout.commitment ?></a></li>
<li><a href="<?cs var:Site.base ?>/commitment/supervision"><?cs var:Text.supervision.title ?></a></li>
<li><a href="<?cs var:Site.base ?>/commitment/privacy"><?cs var:Text.privacy.title ?></a></li></ul>
<p class="small"><?cs var:Site.company ?><?cs if:Site.footer_address ?> · <?cs if:Page.is_en ?><span lang="zh-CN"><?cs var:Site.footer_address ?></span><?cs else ?><?cs var:Site.footer_address ?><?cs /if ?><?cs /if ?><?cs if:Site.footer_mailbox ?> · <a href="mailto:<?cs var:url_escape(Site.footer_mailbox) ?>"><?cs var:Site.footer_mailbox ?></a><?cs /if ?><?cs if:Site.footer_icp ?> · <?cs var:Site.footer_icp ?><?cs /if ?><?cs if:Site.footer_police ?> · <?cs var:Site.footer_police ?><?cs /if ?></p>
</div></footer>
</body>
</html>
<?cs /def ?><?cs #

---- pieces of a page ?><?cs def:back_link(href, words) ?><p class="back"><a href="<?cs var:Site.base ?><?cs var:href ?>"><?cs var:words ?></a></p>
<?cs /def ?><?cs #

kind: ok, warn, bad, info ?><?cs def:tag(words, kind) ?><strong class="tag <?cs var:kind ?>"><?cs var:words ?></strong><?cs /def ?><?cs #

?><?cs def:notice(words, kind) ?><p class="box <?cs var:kind ?>"><?cs var:words ?></p>
<?cs /def ?><?cs #

a moment as view_instant() sets it ?><?cs def:moment(at) ?><time datetime="<?cs var:at.iso ?>"><?cs var:at.text ?></time><?cs /def ?><?cs #

?><?cs def:row(term, words) ?><div><dt><?cs var:term ?></dt><dd><?cs var:words ?></dd></div>
<?cs /def ?><?cs #

a row with a link that changes the answer; what: the question, for those who hear the link alone ?><?cs def:row_change(term, words, href, change) ?><div><dt><?cs var:term ?></dt><dd><?cs var:words ?></dd><dd class="act"><a href="<?cs var:Site.base ?><?cs var:href ?>"><?cs var:change ?><span class="unseen"> <?cs var:term ?></span></a></dd></div>
<?cs /def ?><?cs #

a QR code as qr_show() sets it; words: what it leads to, for those who do not see it ?><?cs def:qr(code, words) ?><?cs if:?code.path ?><svg class="qr" viewBox="0 0 <?cs var:code.size ?> <?cs var:code.size ?>" role="img" aria-label="<?cs var:words ?>" shape-rendering="crispEdges"><path d="<?cs var:code.path ?>"/></svg>
<?cs /if ?><?cs /def ?><?cs #

an effort, where one is asked for (web/effort.h); inside the form ?><?cs def:effort() ?><?cs if:?Effort.token ?><input type="hidden" name="effort" value="<?cs var:Effort.token ?>"><input type="hidden" name="effort_answer" value="" data-bits="<?cs var:Effort.bits ?>">
<p class="box info" id="effort" data-done="<?cs var:Text.effort.done ?>"><?cs var:Text.effort.wait ?></p>
<?cs /if ?><?cs /def ?><?cs #

---- forms ?><?cs def:form_token() ?><input type="hidden" name="token" value="<?cs var:Page.token ?>"><?cs /def ?><?cs #

?><?cs def:form_key() ?><input type="hidden" name="key" value="<?cs var:Page.key ?>"><?cs /def ?><?cs #

?><?cs def:button(words) ?><button class="button" type="submit"><?cs var:words ?></button>
<?cs /def ?><?cs #

?><?cs def:button_second(words) ?><button class="button second" type="submit"><?cs var:words ?></button>
<?cs /def ?><?cs #

on, or back with what was typed; the first one is what the Enter key presses ?><?cs def:steps_buttons() ?><div class="steps"><?cs call:button(Text.complaint.next) ?><button class="button second" type="submit" name="back" value="1"><?cs var:Text.complaint.back ?></button></div>
<?cs /def ?><?cs #

?><?cs def:error_summary() ?><?cs if:?Errors.0.name ?><div class="errors" role="alert" aria-labelledby="errors-title" tabindex="-1">
<h2 id="errors-title"><?cs if:Errors.count == "1" ?><?cs var:Text.layout.errors_one ?><?cs else ?><?cs var:Text.layout.errors_before ?> <?cs var:Errors.count ?> <?cs var:Text.layout.errors_after ?><?cs /if ?></h2>
<ul><?cs each:e = Errors ?><?cs if:?e.name ?><li><a href="#f-<?cs var:e.name ?>"><?cs var:e.text ?></a></li><?cs /if ?><?cs /each ?></ul>
</div>
<?cs /if ?><?cs /def ?><?cs #

?><?cs def:field_head(f, name, label, hint) ?><label for="f-<?cs var:name ?>"><?cs var:label ?></label>
<?cs if:hint ?><p class="hint" id="h-<?cs var:name ?>"><?cs var:hint ?></p>
<?cs /if ?><?cs if:f.error ?><p class="error" id="e-<?cs var:name ?>"><?cs var:f.error ?></p>
<?cs /if ?><?cs /def ?><?cs #

?><?cs def:described(f, name, hint) ?><?cs if:f.error ?> aria-invalid="true" aria-describedby="e-<?cs var:name ?><?cs if:hint ?> h-<?cs var:name ?><?cs /if ?>"<?cs elif:hint ?> aria-describedby="h-<?cs var:name ?>"<?cs /if ?><?cs /def ?><?cs #

type: text, tel, datetime-local, password …; mode: inputmode; fill: autocomplete; size: "", short, middle ?><?cs def:text_field(f, name, label, hint, type, mode, fill, size) ?><div class="field<?cs if:f.error ?> wrong<?cs /if ?>">
<?cs call:field_head(f, name, label, hint) ?><input id="f-<?cs var:name ?>" name="<?cs var:name ?>" type="<?cs var:type ?>" value="<?cs var:f.value ?>"<?cs if:mode ?> inputmode="<?cs var:mode ?>"<?cs /if ?><?cs if:fill ?> autocomplete="<?cs var:fill ?>"<?cs /if ?><?cs if:size ?> class="<?cs var:size ?>"<?cs /if ?><?cs call:described(f, name, hint) ?>>
</div>
<?cs /def ?><?cs #

?><?cs def:text_area(f, name, label, hint, rows) ?><div class="field<?cs if:f.error ?> wrong<?cs /if ?>">
<?cs call:field_head(f, name, label, hint) ?><textarea id="f-<?cs var:name ?>" name="<?cs var:name ?>" rows="<?cs var:rows ?>"<?cs call:described(f, name, hint) ?>>
<?cs var:f.value ?></textarea>
</div>
<?cs /def ?><?cs #

the first choice carries the id that the error summary points to ?><?cs def:radios(f, name, legend, hint, choices) ?><fieldset class="field<?cs if:f.error ?> wrong<?cs /if ?>"<?cs call:described(f, name, hint) ?>>
<legend><?cs var:legend ?></legend>
<?cs if:hint ?><p class="hint" id="h-<?cs var:name ?>"><?cs var:hint ?></p>
<?cs /if ?><?cs if:f.error ?><p class="error" id="e-<?cs var:name ?>"><?cs var:f.error ?></p>
<?cs /if ?><?cs each:c = choices ?><div class="choice"><input type="radio" name="<?cs var:name ?>" value="<?cs var:c.value ?>" id="f-<?cs var:name ?><?cs if:!first(c) ?>-<?cs var:c.value ?><?cs /if ?>"<?cs if:c.is_checked ?> checked<?cs /if ?>><label for="f-<?cs var:name ?><?cs if:!first(c) ?>-<?cs var:c.value ?><?cs /if ?>"><?cs var:c.label ?><?cs if:c.hint ?><span class="hint"><?cs var:c.hint ?></span><?cs /if ?></label></div>
<?cs /each ?></fieldset>
<?cs /def ?><?cs #

?><?cs def:select_field(f, name, label, hint, choices) ?><div class="field<?cs if:f.error ?> wrong<?cs /if ?>">
<?cs call:field_head(f, name, label, hint) ?><select id="f-<?cs var:name ?>" name="<?cs var:name ?>"<?cs call:described(f, name, hint) ?>>
<?cs each:c = choices ?><option value="<?cs var:c.value ?>"<?cs if:c.is_checked ?> selected<?cs /if ?>><?cs var:c.label ?></option>
<?cs /each ?></select>
</div>
<?cs /def ?><?cs #

?><?cs def:checkbox(f, name, label) ?><div class="field<?cs if:f.error ?> wrong<?cs /if ?>"><?cs if:f.error ?><p class="error" id="e-<?cs var:name ?>"><?cs var:f.error ?></p>
<?cs /if ?><div class="choice"><input type="checkbox" name="<?cs var:name ?>" value="1" id="f-<?cs var:name ?>"<?cs if:f.value ?> checked<?cs /if ?><?cs call:described(f, name, "") ?>><label for="f-<?cs var:name ?>"><?cs var:label ?></label></div></div>
<?cs /def ?><?cs #

plain text of ours as web/prose.h sets it ?><?cs def:prose(blocks) ?><?cs each:b = blocks ?><?cs if:b.is_list ?><ul class="prose"><?cs each:i = b.Items ?><li><?cs var:i.text ?></li>
<?cs /each ?></ul>
<?cs else ?><p><?cs var:b.text ?></p>
<?cs /if ?><?cs /each ?><?cs /def ?>
