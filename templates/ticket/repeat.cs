<?cs include!"ticket/parts.cs" ?><?cs call:staff_start() ?><?cs call:part_head() ?>
<section aria-labelledby="h-this"><h2 id="h-this"><?cs var:Text.staff.repeat.this ?></h2><?cs call:ticket_brief(Ticket) ?></section>
<form method="post" action="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/repeat"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:version ?>">
<fieldset class="field earlier<?cs if:Form.repeat_of.error ?> wrong<?cs /if ?>"<?cs call:described(Form.repeat_of, "repeat_of", Text.staff.repeat.hint) ?>><legend><?cs var:Text.staff.repeat.which ?></legend>
<p class="hint" id="h-repeat_of"><?cs var:Text.staff.repeat.hint ?></p>
<?cs if:Form.repeat_of.error ?><p class="error" id="e-repeat_of"><?cs var:Form.repeat_of.error ?></p>
<?cs /if ?><?cs each:e = Earlier ?><div class="choice"><input type="radio" name="repeat_of" value="<?cs var:e.number ?>" id="f-repeat_of-<?cs var:e.number ?>"<?cs if:e.is_checked ?> checked<?cs /if ?>><label for="f-repeat_of-<?cs var:e.number ?>"><?cs var:Text.staff.earlier.this ?></label> <?cs call:related_row(e) ?></div>
<?cs /each ?><div class="choice"><input type="radio" name="repeat_of" value="other" id="f-repeat_of"<?cs if:is_other ?> checked<?cs /if ?>><label for="f-repeat_of"><?cs var:Text.staff.merge.by_number ?></label></div>
<?cs call:text_field(Form.other, "other", Text.staff.queue.number, "", "text", "", "off", "middle") ?></fieldset>
<?cs call:text_area(Form.words, "words", Text.staff.field.words, "", "3") ?>
<?cs call:button(Text.staff.act.link_repeat) ?></form>
<?cs call:staff_end() ?>
