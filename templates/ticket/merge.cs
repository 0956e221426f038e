<?cs include!"ticket/parts.cs" ?><?cs call:staff_start() ?><?cs call:part_head() ?>
<form method="post" action="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/merge"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:version ?>">
<?cs if:?parent_number ?><input type="hidden" name="parent" value="<?cs var:parent_number ?>"><input type="hidden" name="is_sure" value="1">
<p><?cs var:Text.staff.merge.check ?></p>
<div class="desk"><section aria-labelledby="h-this"><h2 id="h-this"><?cs var:Text.staff.merge.this ?></h2><?cs call:ticket_brief(Ticket) ?></section>
<section aria-labelledby="h-into"><h2 id="h-into"><?cs var:Text.staff.merge.into ?></h2><?cs call:ticket_brief(Into.Ticket) ?></section></div>
<?cs call:text_area(Form.words, "words", Text.staff.field.words, "", "3") ?>
<?cs call:button(Text.staff.act.merge) ?><p><a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/merge"><?cs var:Text.staff.merge.other_one ?></a></p>
<?cs else ?><section aria-labelledby="h-this"><h2 id="h-this"><?cs var:Text.staff.merge.this ?></h2><?cs call:ticket_brief(Ticket) ?></section>
<fieldset class="field earlier<?cs if:Form.parent.error ?> wrong<?cs /if ?>"<?cs call:described(Form.parent, "parent", Text.staff.merge.hint) ?>><legend><?cs var:Text.staff.merge.into ?></legend>
<p class="hint" id="h-parent"><?cs var:Text.staff.merge.hint ?></p>
<?cs if:Form.parent.error ?><p class="error" id="e-parent"><?cs var:Form.parent.error ?></p>
<?cs /if ?><?cs each:c = Candidates ?><div class="choice"><input type="radio" name="parent" value="<?cs var:c.number ?>" id="f-parent-<?cs var:c.number ?>"<?cs if:c.is_checked ?> checked<?cs /if ?>><label for="f-parent-<?cs var:c.number ?>"><?cs var:Text.staff.earlier.this ?></label> <?cs call:related_row(c) ?></div>
<?cs /each ?><div class="choice"><input type="radio" name="parent" value="other" id="f-parent"<?cs if:is_other ?> checked<?cs /if ?>><label for="f-parent"><?cs var:Text.staff.merge.by_number ?></label></div>
<?cs call:text_field(Form.other, "other", Text.staff.queue.number, "", "text", "", "off", "middle") ?></fieldset>
<?cs call:text_area(Form.words, "words", Text.staff.field.words, "", "3") ?>
<?cs call:button(Text.staff.merge.look) ?><?cs /if ?></form>
<?cs call:staff_end() ?>
