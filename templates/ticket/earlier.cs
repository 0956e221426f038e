<?cs include!"staff.cs" ?><?cs #
Earlier reports of the same matter: what a person needs to recognise one.

---- one report, with its link ?><?cs def:earlier_row(e) ?><a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:e.number ?>"><?cs var:e.number_text ?></a> <?cs if:e.is_open ?><?cs call:tag(e.state, "warn") ?><?cs else ?><?cs call:tag(e.state, "info") ?><?cs /if ?><?cs if:?e.level ?> <?cs call:tag(Text.staff.earlier.is_repeat, "bad") ?> <?cs var:e.level ?><?cs /if ?>
<span class="hint"><?cs var:e.why ?> · <?cs call:moment(e.reported) ?> · <?cs var:e.category ?> · <?cs var:e.place ?><?cs if:e.unit ?> · <?cs var:e.unit ?><?cs /if ?><?cs if:e.name ?> · <?cs var:e.name ?><?cs /if ?><?cs if:e.phone ?> · <?cs var:e.phone ?><?cs /if ?><?cs if:e.satisfaction ?> · <?cs var:e.satisfaction ?><?cs /if ?></span><?cs /def ?><?cs #

---- which of them it is, or none ?><?cs def:earlier_choice() ?><fieldset class="panel earlier<?cs if:Form.repeat_of.error ?> wrong<?cs /if ?>"<?cs call:described(Form.repeat_of, "repeat_of", Text.staff.earlier.hint) ?>><legend><?cs var:Text.staff.earlier.legend ?> <?cs var:earlier_count ?><?cs if:is_earlier_more ?>+<?cs /if ?></legend>
<p class="hint" id="h-repeat_of"><?cs var:Text.staff.earlier.hint ?></p>
<?cs if:Form.repeat_of.error ?><p class="error" id="e-repeat_of"><?cs var:Form.repeat_of.error ?></p>
<?cs /if ?><?cs each:e = Earlier ?><div class="choice"><input type="radio" name="repeat_of" value="<?cs var:e.number ?>" id="f-repeat_of<?cs if:!first(e) ?>-<?cs var:e.number ?><?cs /if ?>"<?cs if:e.is_checked ?> checked<?cs /if ?>><label for="f-repeat_of<?cs if:!first(e) ?>-<?cs var:e.number ?><?cs /if ?>"><?cs var:Text.staff.earlier.this ?></label> <?cs call:earlier_row(e) ?></div>
<?cs /each ?><div class="choice"><input type="radio" name="repeat_of" value="none" id="f-repeat_of-none"<?cs if:is_none_checked ?> checked<?cs /if ?>><label for="f-repeat_of-none"><?cs var:Text.staff.earlier.none ?></label></div></fieldset>
<?cs /def ?>
