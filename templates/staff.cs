<?cs #
Macros of the staff's pages. A page is

    include! staff.cs, call:staff_start(), the page, call:staff_end()

---- the frame

?><?cs include!"layout.cs" ?><?cs #

?><?cs def:staff_start() ?><?cs call:page_head("staff", "staff") ?><body class="staff">
<a class="skip" href="#main"><?cs var:Text.layout.skip ?></a>
<header class="top"><?cs call:sample_banner() ?><div class="wide"><a class="brand" href="<?cs var:Site.base ?>/staff/ticket/"><?cs var:Text.staff.brand ?></a>
<?cs if:Actor.login ?><nav aria-label="<?cs var:Text.staff.nav ?>"><?cs if:Actor.role.operator || Actor.role.crew || Actor.role.liaison || Actor.role.unit_leader || Actor.role.ops || Actor.role.group_leader ?><a href="<?cs var:Site.base ?>/staff/ticket/"><?cs var:Text.staff.queue.title ?></a>
<a href="<?cs var:Site.base ?>/staff/ticket/new"><?cs var:Text.staff.new.link ?></a>
<a href="<?cs var:Site.base ?>/staff/ticket/handover/"><?cs var:Text.handover.link ?></a><?cs else ?><a href="<?cs var:Site.base ?>/staff/ticket/"><?cs var:Text.desk.view.first ?></a>
<a href="<?cs var:Site.base ?>/staff/ticket/new"><?cs var:Text.staff.new.link ?></a><?cs /if ?><?cs if:Actor.role.admin || Actor.role.ops || Actor.role.group_leader || Actor.role.unit_leader || Actor.role.liaison ?>
<a href="<?cs var:Site.base ?>/staff/admin/"><?cs var:Text.admin.title ?></a><?cs /if ?><?cs if:Actor.role.discipline ?>
<a href="<?cs var:Site.base ?>/staff/discipline/"><?cs var:Text.discipline.title ?></a><?cs /if ?><?cs if:Actor.role.liaison || Actor.role.unit_leader || Actor.role.ops ?>
<a href="<?cs var:Site.base ?>/staff/ticket/failure/"><?cs var:Text.failure.link ?></a><?cs /if ?><?cs if:Actor.role.operator || Actor.role.crew || Actor.role.liaison || Actor.role.unit_leader || Actor.role.ops || Actor.role.group_leader ?>
<a href="<?cs var:Site.base ?>/staff/supply/"><?cs var:Text.outage.staff.title ?></a>
<a href="<?cs var:Site.base ?>/staff/assessment/"><?cs var:Text.assessment.title ?></a><?cs /if ?></nav>
<?cs /if ?><nav aria-label="<?cs var:Text.layout.switches ?>"><?cs call:page_switches() ?></nav>
<?cs if:Actor.login ?><div class="who"><a href="<?cs var:Site.base ?>/staff/signin"><?cs var:Actor.name ?></a>
<form method="post" action="<?cs var:Site.base ?>/staff/signout"><?cs call:form_token() ?><button type="submit"><?cs var:Text.staff.signout ?></button></form></div>
<?cs /if ?></div></header>
<main id="main" tabindex="-1">
<?cs /def ?><?cs #

?><?cs def:staff_end() ?></main>
</body>
</html>
<?cs /def ?><?cs #

---- time that counts down: the node as desk_countdown() sets it ?><?cs def:countdown(at) ?><time class="count <?cs var:at.kind ?>" datetime="<?cs var:at.iso ?>" data-due="<?cs var:at.ms ?>"><?cs var:at.text ?></time><?cs /def ?><?cs #

the time that was promised and the one that was granted; pair.original, pair.granted ?><?cs def:both_dues(pair) ?><?cs var:Text.staff.clock.due ?> <?cs call:moment(pair.original) ?> · <?cs var:Text.staff.clock.granted ?> <?cs call:moment(pair.granted) ?><?cs /def ?><?cs #

what staff.js counts and speaks with ?><?cs def:clock_words() ?><div id="clock" hidden data-now="<?cs var:Page.now.ms ?>" data-left="<?cs var:Clock.left ?>" data-over="<?cs var:Clock.over ?>" data-m="<?cs var:Clock.m ?>" data-hm="<?cs var:Clock.hm ?>" data-dh="<?cs var:Clock.dh ?>"></div>
<?cs /def ?><?cs #

the list of keys; hidden until asked for ?><?cs def:key_help() ?><div id="keys" class="keys" role="dialog" aria-labelledby="keys-title" hidden>
<h2 id="keys-title"><?cs var:Text.staff.keys.title ?></h2>
<dl><?cs each:k = Text.desk.keys ?><div><dt><kbd><?cs var:k.key ?></kbd></dt><dd><?cs var:k.words ?></dd></div><?cs /each ?></dl>
<p class="choice"><input type="checkbox" id="keys-on"><label for="keys-on"><?cs var:Text.staff.keys.on ?></label></p>
<p><button type="button" class="button second" id="keys-close"><?cs var:Text.staff.keys.close ?></button></p>
</div>
<?cs /def ?><?cs #

---- canned answers beside the words of a form

?><?cs def:canned_choice(f) ?><?cs if:?Canned.0.id ?><div class="canned"><label for="c-<?cs var:f.name ?>"><?cs var:Text.canned_choice.label ?></label> <select id="c-<?cs var:f.name ?>" name="canned"><option value=""><?cs var:Text.staff.choose ?></option><?cs each:c = Canned ?><?cs if:c.form == "" || c.form == f.name ?><option value="<?cs var:c.id ?>"><?cs var:c.title ?></option><?cs /if ?><?cs /each ?></select> <button class="button second" type="submit" name="insert" value="1" formnovalidate><?cs var:Text.canned_choice.button ?></button></div><?cs /if ?><?cs /def ?><?cs #

---- one field of an action form

?><?cs def:act_described(x) ?><?cs if:x.error ?> aria-invalid="true" aria-describedby="e-<?cs var:x.id ?><?cs if:x.hint ?> h-<?cs var:x.id ?><?cs /if ?>"<?cs elif:x.hint ?> aria-describedby="h-<?cs var:x.id ?>"<?cs /if ?><?cs /def ?><?cs #

?><?cs def:act_field(x) ?><div class="field<?cs if:x.error ?> wrong<?cs /if ?>"><?cs
if:x.type == "flag" ?><?cs if:x.error ?><p class="error" id="e-<?cs var:x.id ?>"><?cs var:x.error ?></p>
<?cs /if ?><div class="choice"><input type="checkbox" name="<?cs var:x.name ?>" value="1" id="f-<?cs var:x.id ?>"<?cs if:x.is_checked ?> checked<?cs /if ?><?cs call:act_described(x) ?>><label for="f-<?cs var:x.id ?>"><?cs var:x.label ?></label></div><?cs
else ?><label for="f-<?cs var:x.id ?>"><?cs var:x.label ?><?cs if:x.is_optional ?> <span class="hint"><?cs var:Text.staff.optional ?></span><?cs /if ?></label>
<?cs if:x.hint ?><p class="hint" id="h-<?cs var:x.id ?>"><?cs var:x.hint ?></p>
<?cs /if ?><?cs if:x.error ?><p class="error" id="e-<?cs var:x.id ?>"><?cs var:x.error ?></p>
<?cs /if ?><?cs if:x.type == "select" ?><select id="f-<?cs var:x.id ?>" name="<?cs var:x.name ?>"<?cs call:act_described(x) ?>>
<?cs each:c = x.Choices ?><option value="<?cs var:c.value ?>"<?cs if:c.is_checked ?> selected<?cs /if ?>><?cs var:c.label ?></option>
<?cs /each ?></select><?cs
elif:x.type == "lines" ?><textarea id="f-<?cs var:x.id ?>" name="<?cs var:x.name ?>" rows="3"<?cs call:act_described(x) ?>>
<?cs var:x.value ?></textarea><?cs
else ?><input id="f-<?cs var:x.id ?>" name="<?cs var:x.name ?>" value="<?cs var:x.value ?>"<?cs if:x.type == "moment" ?> type="datetime-local"<?cs elif:x.type == "number" ?> type="text" inputmode="numeric"<?cs else ?> type="text"<?cs /if ?> class="short"<?cs call:act_described(x) ?>><?cs
/if ?><?cs /if ?></div>
<?cs /def ?>
