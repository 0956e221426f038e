<?cs include!"ticket/earlier.cs" ?><?cs call:staff_start() ?>
<?cs call:error_summary() ?><?cs if:?after_number ?><p class="box ok" role="status"><?cs var:Text.staff.new.after ?> <a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:after_number ?>"><?cs var:after_number ?></a></p>
<?cs /if ?><h1><?cs if:asks_about_earlier ?><?cs var:Text.staff.earlier.title ?><?cs else ?><?cs var:Text.staff.new.title ?><?cs /if ?></h1>
<?cs if:?known_number ?><p class="box warn"><?cs var:Text.staff.new.known ?> <a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:known_number ?>"><?cs var:known_number ?></a></p>
<?cs /if ?><form method="post" action="<?cs var:Site.base ?>/staff/ticket/new" class="intake">
<?cs call:form_token() ?><?cs call:form_key() ?>
<?cs if:?Call.id ?><input type="hidden" name="call" value="<?cs var:Call.id ?>"><div class="panel earlier" role="status"><p><strong><?cs var:Text.staff.call.incoming ?> <?cs if:Call.has_phone ?><?cs var:Call.phone ?><?cs else ?><?cs var:Text.staff.call.withheld ?><?cs /if ?></strong>, <?cs var:Text.staff.call.answered ?> <?cs call:moment(Call.at) ?></p>
<?cs if:Call.has_phone ?><p class="hint"><?cs var:Text.staff.call.hint ?></p><?cs /if ?>
<?cs if:!?fingerprint ?><?cs if:?Earlier.0.number ?><h2><?cs var:Text.staff.call.earlier ?></h2><ul class="related"><?cs each:e = Earlier ?><li><?cs call:earlier_row(e) ?></li><?cs /each ?></ul><?cs /if ?><?cs /if ?></div>
<?cs /if ?><?cs if:?fingerprint ?><input type="hidden" name="earlier" value="<?cs var:fingerprint ?>"><?cs call:earlier_choice() ?><?cs /if ?>
<section aria-labelledby="s-what"><h2 id="s-what"><?cs var:Text.staff.new.what ?></h2>
<?cs call:select_field(Form.category, "category", Text.staff.field.category, "", CategoryChoices) ?>
<?cs call:text_area(Form.words, "words", Text.staff.new.words, Text.staff.new.words_hint, "4") ?>
<?cs call:checkbox(Form.valve_stuck, "valve_stuck", Text.staff.new.valve_stuck) ?>
<fieldset class="field"><legend><?cs var:Text.staff.field.grades ?></legend><p class="hint"><?cs var:Text.staff.new.grades_hint ?></p>
<?cs each:g = Grades ?><div class="choice"><input type="checkbox" name="<?cs var:g.name ?>" value="1" id="f-<?cs var:g.name ?>"<?cs if:g.is_checked ?> checked<?cs /if ?>><label for="f-<?cs var:g.name ?>"><?cs var:g.label ?></label></div>
<?cs /each ?></fieldset>
<?cs call:text_field(Form.reason, "reason", Text.staff.new.reason, Text.staff.new.reason_hint, "text", "", "", "") ?>
</section>
<section aria-labelledby="s-where"><h2 id="s-where"><?cs var:Text.staff.new.where ?></h2>
<div class="field<?cs if:Form.place.error ?> wrong<?cs /if ?>"><?cs call:field_head(Form.place, "place", Text.staff.field.place, Text.staff.new.place_hint) ?><input id="f-place" name="place" type="text" list="places" value="<?cs var:Form.place.value ?>" autocomplete="off"<?cs call:described(Form.place, "place", Text.staff.new.place_hint) ?>>
<datalist id="places"><?cs each:p = Places ?><option value="<?cs var:p.name ?>"></option><?cs /each ?></datalist></div>
<?cs call:select_field(Form.zone, "zone", Text.staff.field.zone, "", ZoneChoices) ?>
<?cs call:text_field(Form.address, "address", Text.staff.new.address, Text.staff.new.sealed, "text", "", "off", "") ?>
<h2><?cs var:Text.staff.new.whom ?></h2>
<?cs call:text_field(Form.phone, "phone", Text.staff.new.phone, Text.staff.new.sealed, "tel", "tel", "off", "middle") ?>
<?cs call:text_field(Form.name, "name", Text.staff.new.name, "", "text", "", "off", "middle") ?>
<?cs call:text_field(Form.account, "account", Text.staff.new.account, "", "text", "numeric", "off", "middle") ?>
</section>
<section aria-labelledby="s-from"><h2 id="s-from"><?cs var:Text.staff.new.from ?></h2>
<?cs call:select_field(Form.source, "source", Text.staff.field.source, "", SourceChoices) ?>
<?cs call:select_field(Form.nature, "nature", Text.staff.field.nature, "", NatureChoices) ?>
<?cs call:text_field(Form.reported_at, "reported_at", Text.staff.new.reported_at, Text.staff.new.reported_hint, "datetime-local", "", "", "short") ?>
<details<?cs if:is_paper ?> open<?cs elif:Form.paper.error ?> open<?cs /if ?>><summary><?cs var:Text.staff.new.paper_head ?></summary>
<?cs call:text_field(Form.paper, "paper", Text.staff.new.paper, Text.staff.new.paper_hint, "text", "", "off", "middle") ?></details>
<details<?cs if:Form.outside_number.value ?> open<?cs elif:Form.outside_system.value ?> open<?cs elif:Form.outside_due.value ?> open<?cs /if ?>><summary><?cs var:Text.staff.new.outside ?></summary>
<?cs call:text_field(Form.outside_system, "outside_system", Text.staff.new.outside_system, Text.staff.new.outside_hint, "text", "", "off", "middle") ?>
<?cs call:text_field(Form.outside_number, "outside_number", Text.staff.new.outside_number, "", "text", "", "off", "middle") ?>
<?cs call:text_field(Form.outside_due, "outside_due", Text.staff.field.outside_due, "", "datetime-local", "", "", "short") ?></details>
</section>
<p class="buttons"><button class="button" type="submit"><?cs var:Text.staff.new.button ?></button> <button class="button second" type="submit" name="next" value="1"><?cs var:Text.staff.new.button_next ?></button></p>
<?cs if:may_hand_over ?><p><?cs var:Text.hand.intake ?> <button class="button second" type="submit" formaction="<?cs var:Site.base ?>/staff/ticket/discipline/take" formnovalidate><?cs var:Text.hand.new.link ?></button></p>
<?cs /if ?></form>
<?cs call:staff_end() ?>
