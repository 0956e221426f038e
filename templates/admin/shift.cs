<?cs include!"office.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><p class="back"><a href="<?cs var:Site.base ?>/staff/admin/duty/<?cs var:Unit.id ?>"><?cs var:Text.admin.duty.title ?> <?cs var:Unit.name ?></a></p>
<?cs call:stale_box() ?><h1><?cs var:Text.admin.duty.shift ?></h1>
<div class="narrow"><dl class="rows"><?cs call:row(Text.admin.field.name, Shift.name) ?><div><dt><?cs var:Text.admin.duty.from ?></dt><dd><?cs call:moment(Shift.from) ?></dd></div><div><dt><?cs var:Text.admin.duty.to ?></dt><dd><?cs call:moment(Shift.to) ?></dd></div><?cs call:row(Text.admin.duty.length, Shift.length) ?><div><dt><?cs var:Text.admin.duty.added ?></dt><dd><?cs call:moment(Shift.added) ?></dd></div></dl>
<?cs if:is_over ?><?cs call:notice(Text.admin.duty.over, "info") ?><?cs else ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/duty/<?cs var:Unit.id ?>/<?cs var:Shift.id ?>"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="seen" value="<?cs var:Shift.seen ?>">
<?cs call:text_field(Form.end_at, "end_at", Text.admin.duty.end_at, Text.admin.duty.end_hint, "datetime-local", "", "", "short") ?>
<?cs call:button(Text.admin.duty.end_button) ?></form>
<?cs if:can_remove ?><form class="lone-form" method="post" action="<?cs var:Site.base ?>/staff/admin/duty/<?cs var:Unit.id ?>/<?cs var:Shift.id ?>"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="seen" value="<?cs var:Shift.seen ?>"><input type="hidden" name="remove" value="1"><?cs call:button_second(Text.admin.duty.remove) ?></form>
<?cs /if ?><?cs /if ?></div>
<?cs call:staff_end() ?>
