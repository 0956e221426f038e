<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/ticket/failure/"><?cs var:Text.failure.back ?></a></p>
<div class="narrow"><?cs call:error_summary() ?><h1><?cs if:is_call ?><?cs var:Text.failure.new.call ?><?cs else ?><?cs var:Text.failure.new.title ?><?cs /if ?></h1>
<p><?cs if:is_call ?><?cs var:Text.failure.new.lead_call ?><?cs else ?><?cs var:Text.failure.new.lead ?><?cs /if ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/ticket/failure/new"><?cs call:form_token() ?><?cs call:form_key() ?>
<?cs if:is_call ?><?cs call:select_field(Form.unit, "unit", Text.failure.new.which, "", UnitChoices) ?><?cs else ?><p><?cs var:Text.failure.unit ?>: <strong><?cs var:unit ?></strong></p>
<?cs /if ?><?cs call:select_field(Form.part, "part", Text.failure.what, "", PartChoices) ?>
<?cs call:text_field(Form.started_at, "started_at", Text.failure.started, "", "datetime-local", "", "", "short") ?>
<?cs call:text_field(Form.ended_at, "ended_at", Text.failure.ended, Text.failure.new.ended_hint, "datetime-local", "", "", "short") ?>
<?cs if:is_call ?><?cs call:text_field(Form.told_at, "told_at", Text.failure.new.called, Text.failure.new.called_hint, "datetime-local", "", "", "short") ?>
<?cs call:text_field(Form.contact, "contact", Text.failure.new.caller, "", "text", "", "off", "short") ?>
<?cs else ?><?cs call:text_field(Form.told_at, "told_at", Text.failure.told, Text.failure.new.told_hint, "datetime-local", "", "", "short") ?>
<?cs call:text_field(Form.contact, "contact", Text.failure.new.contact, Text.failure.new.contact_hint, "text", "", "off", "short") ?>
<?cs /if ?><?cs call:text_area(Form.words, "words", Text.failure.words, Text.failure.new.words_hint, "4") ?>
<?cs call:button(Text.failure.new.button) ?></form></div>
<?cs call:staff_end() ?>
