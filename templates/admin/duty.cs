<?cs include!"office.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><?cs if:reads_all ?><?cs call:back_link("/staff/admin/duty", Text.admin.duty.title) ?><?cs else ?><?cs call:back_link("/staff/admin/", Text.admin.title) ?><?cs /if ?>
<?cs call:done_box() ?><h1><?cs var:Text.admin.duty.title ?> <?cs var:Unit.name ?></h1>
<?cs if:has_gaps ?><div class="box warn"><p><strong><?cs var:Text.admin.duty.open_before ?> <?cs var:days ?> <?cs var:Text.admin.duty.open_after ?> <?cs var:uncovered ?></strong></p>
<ul><?cs each:g = Gaps ?><li><?cs call:moment(g.from) ?> – <?cs call:moment(g.to) ?> (<?cs var:g.length ?>)</li><?cs /each ?><?cs if:has_more_gaps ?><li>…</li><?cs /if ?></ul></div>
<?cs elif:is_handling ?><p class="box ok"><?cs var:Text.admin.duty.all_before ?> <?cs var:days ?> <?cs var:Text.admin.duty.all_after ?></p>
<?cs else ?><?cs call:notice(Text.admin.duty.not_handling, "info") ?><?cs /if ?>
<div class="desk"><div><h2 id="s-shifts"><?cs var:Text.admin.duty.shifts ?></h2>
<?cs if:is_empty ?><?cs call:notice(Text.admin.duty.empty, "info") ?>
<?cs else ?><?cs call:table_start(Text.admin.duty.shifts) ?><thead><tr><?cs call:column(Text.admin.field.name) ?><?cs call:column(Text.admin.duty.from) ?><?cs call:column(Text.admin.duty.to) ?><?cs call:column(Text.admin.duty.length) ?></tr></thead>
<tbody><?cs each:r = Rows ?><tr><th scope="row"><?cs if:can_keep ?><a class="lone" href="<?cs var:Site.base ?>/staff/admin/duty/<?cs var:Unit.id ?>/<?cs var:r.id ?>"><?cs var:r.name ?></a><?cs else ?><?cs var:r.name ?><?cs /if ?><?cs if:r.is_running ?> <?cs call:tag(Text.admin.duty.running, "ok") ?><?cs /if ?><?cs if:r.is_double ?> <?cs call:tag(Text.admin.duty.double, "warn") ?><?cs /if ?></th><td><?cs call:moment(r.from) ?></td><td><?cs call:moment(r.to) ?></td><td><?cs var:r.length ?></td></tr>
<?cs /each ?></tbody><?cs call:table_end() ?><?cs if:has_more ?><p class="hint"><?cs var:Text.admin.duty.more ?></p><?cs /if ?>
<?cs /if ?></div>
<?cs if:can_keep ?><section aria-labelledby="s-keep"><h2 id="s-keep"><?cs var:Text.admin.duty.keep ?></h2>
<?cs if:!has_people ?><?cs call:notice(Text.admin.duty.no_people, "warn") ?><?cs else ?><details class="act"<?cs if:is_rotate_open ?> open<?cs /if ?>><summary><?cs var:Text.admin.duty.rotate ?></summary>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/duty/<?cs var:Unit.id ?>/rotate"><?cs call:form_token() ?><?cs call:form_key() ?>
<p class="hint"><?cs var:Text.admin.duty.rotate_hint ?></p>
<fieldset class="field"><legend><?cs var:Text.admin.duty.turns ?></legend>
<?cs each:t = Turns ?><div class="turn"><label for="f-<?cs var:t.name ?>"><?cs var:t.number ?></label><div><?cs if:t.error ?><p class="error" id="e-<?cs var:t.name ?>"><?cs var:t.error ?></p><?cs /if ?><select id="f-<?cs var:t.name ?>" name="<?cs var:t.name ?>"<?cs if:t.error ?> aria-invalid="true" aria-describedby="e-<?cs var:t.name ?>"<?cs /if ?>><?cs each:c = t.Choices ?><option value="<?cs var:c.value ?>"<?cs if:c.is_checked ?> selected<?cs /if ?>><?cs var:c.label ?></option><?cs /each ?></select></div></div>
<?cs /each ?></fieldset>
<?cs call:text_field(Form.first, "first", Text.admin.duty.first, "", "datetime-local", "", "", "short") ?>
<?cs call:select_field(Form.shift_hours, "shift_hours", Text.admin.duty.shift_hours, "", Lengths) ?>
<?cs call:text_field(Form.days, "days", Text.admin.duty.days, Text.admin.duty.days_hint, "text", "numeric", "off", "short") ?>
<?cs call:button(Text.admin.duty.rotate_button) ?></form></details>
<details class="act"<?cs if:is_add_open ?> open<?cs /if ?>><summary><?cs var:Text.admin.duty.add ?></summary>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/duty/<?cs var:Unit.id ?>/add"><?cs call:form_token() ?><?cs call:form_key() ?>
<?cs call:select_field(Form.staff, "staff", Text.admin.duty.staff, "", People) ?>
<?cs call:text_field(Form.from, "from", Text.admin.duty.from, "", "datetime-local", "", "", "short") ?>
<?cs call:text_field(Form.to, "to", Text.admin.duty.to, "", "datetime-local", "", "", "short") ?>
<?cs call:button(Text.admin.register.add) ?></form></details>
<details class="act"<?cs if:is_copy_open ?> open<?cs /if ?>><summary><?cs var:Text.admin.duty.copy ?></summary>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/duty/<?cs var:Unit.id ?>/copy"><?cs call:form_token() ?><?cs call:form_key() ?>
<?cs call:text_field(Form.week, "week", Text.admin.duty.week, Text.admin.duty.week_hint, "date", "", "", "short") ?>
<?cs call:text_field(Form.weeks, "weeks", Text.admin.duty.weeks, "", "text", "numeric", "off", "short") ?>
<?cs call:button(Text.admin.duty.copy_button) ?></form></details>
<?cs /if ?></section>
<?cs /if ?></div>
<?cs call:staff_end() ?>
