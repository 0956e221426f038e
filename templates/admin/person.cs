<?cs include!"office.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><p class="back"><a href="<?cs var:Site.base ?>/staff/admin/register/<?cs var:Person.unit_id ?>"><?cs var:Text.admin.register.title ?> <?cs var:Person.unit ?></a></p>
<?cs call:done_box() ?><?cs call:stale_box() ?><h1><?cs var:Person.name ?><?cs if:!Person.is_active ?> <?cs call:tag(Text.admin.register.inactive, "bad") ?><?cs /if ?></h1>
<div class="desk"><section aria-labelledby="s-facts"><h2 id="s-facts"><?cs var:Text.admin.person.facts ?></h2>
<dl class="rows"><?cs call:row(Text.staff.signin.login, Person.login) ?><?cs call:row(Text.admin.field.badge, Person.badge) ?><?cs call:row(Text.admin.field.phone, Person.phone) ?><?cs call:row(Text.admin.field.unit, Person.unit) ?><?cs call:row(Text.admin.field.roles, Person.roles) ?><div><dt><?cs var:Text.admin.field.confirmed ?></dt><dd><?cs var:Person.confirmed ?><?cs if:Person.is_stale ?> <?cs call:tag(Text.admin.register.stale, "warn") ?><?cs /if ?></dd></div></dl>
<?cs if:Person.is_phone_clear ?><?cs call:notice(Text.staff.show.unmasked, "warn") ?><?cs elif:Person.has_phone ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/person/<?cs var:Person.id ?>/phone"><?cs call:form_token() ?><?cs call:button_second(Text.staff.show.unmask) ?></form>
<?cs /if ?><?cs if:Person.can_rights ?><?cs if:!Person.has_password ?><?cs call:notice(Text.admin.person.no_password, "info") ?><?cs /if ?><?cs /if ?><?cs if:Person.can_keep ?><?cs if:Person.is_active ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/person/<?cs var:Person.id ?>/confirm"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:Person.version ?>"><?cs call:button_second(Text.admin.person.confirm) ?></form>
<?cs /if ?><?cs /if ?></section>
<?cs if:Person.can_keep ?><section aria-labelledby="s-keep"><h2 id="s-keep"><?cs var:Text.admin.person.keep ?></h2>
<details class="act"<?cs if:is_entry_open ?> open<?cs /if ?>><summary><?cs var:Text.admin.person.edit ?></summary>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/person/<?cs var:Person.id ?>/save">
<?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:entry_version ?>">
<?cs call:text_field(Form.name, "name", Text.admin.field.name, "", "text", "", "off", "middle") ?>
<?cs call:text_field(Form.badge, "badge", Text.admin.field.badge, Text.admin.register.badge_hint, "text", "", "off", "middle") ?>
<?cs call:text_field(Form.phone, "phone", Text.admin.person.new_phone, Text.admin.person.phone_hint, "tel", "tel", "off", "middle") ?>
<?cs if:Person.has_phone ?><?cs call:checkbox(Form.phone_clear, "phone_clear", Text.admin.person.phone_clear) ?>
<?cs /if ?><?cs if:Person.can_rights ?><?cs call:select_field(Form.unit, "unit", Text.admin.field.unit, "", UnitChoices) ?>
<?cs /if ?><?cs call:button(Text.admin.save) ?></form></details>
<?cs if:Person.can_rights ?><details class="act"<?cs if:is_rights_open ?> open<?cs /if ?>><summary><?cs var:Text.admin.person.rights ?></summary>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/person/<?cs var:Person.id ?>/rights">
<?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:rights_version ?>">
<?cs call:role_boxes() ?><?cs call:checkbox(Form.is_active, "is_active", Text.admin.person.is_active) ?>
<?cs call:button(Text.admin.save) ?></form></details>
<details class="act"><summary><?cs var:Text.admin.person.password ?></summary>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/person/<?cs var:Person.id ?>/password"><?cs call:form_token() ?><?cs call:form_key() ?><p><?cs var:Text.admin.person.password_note ?></p><?cs call:button(Text.admin.person.password) ?></form></details>
<?cs /if ?></section>
<?cs /if ?></div>
<div><h2 id="s-history"><?cs var:Text.admin.person.history ?></h2>
<?cs if:?History.0.field ?><?cs call:table_start(Text.admin.person.history) ?><thead><tr><?cs call:column(Text.admin.audit.at) ?><?cs call:column(Text.admin.person.what) ?><?cs call:column(Text.admin.person.before) ?><?cs call:column(Text.admin.person.after) ?><?cs call:column(Text.admin.person.by) ?></tr></thead>
<tbody><?cs each:h = History ?><tr><td><?cs call:moment(h.at) ?></td><td><?cs var:h.field ?></td><td><?cs var:h.before ?></td><td><?cs var:h.after ?></td><td><?cs if:h.by ?><?cs var:h.by ?><?cs else ?><?cs var:Text.admin.person.by_command ?><?cs /if ?></td></tr>
<?cs /each ?></tbody><?cs call:table_end() ?>
<?cs if:?older_url ?><p class="pager"><a class="button second" rel="next" href="<?cs var:Site.base ?><?cs var:older_url ?>"><?cs var:Text.admin.next ?></a></p>
<?cs /if ?><?cs else ?><?cs call:notice(Text.admin.person.no_history, "info") ?><?cs /if ?></div>
<?cs call:staff_end() ?>
