<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/assessment/ledger/"><?cs var:Text.ledger.title ?></a></p>
<div class="narrow"><?cs call:error_summary() ?><h1><?cs var:Text.ledger.new.title ?></h1>
<p><?cs var:Text.ledger.new.lead ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/assessment/ledger/new"><?cs call:form_token() ?><?cs call:form_key() ?>
<?cs call:select_field(Form.unit, "unit", Text.ledger.unit, "", UnitChoices) ?>
<?cs call:select_field(Form.clause, "clause", Text.ledger.clause, "", ClauseChoices) ?>
<?cs call:text_field(Form.happened_at, "happened_at", Text.ledger.happened, Text.ledger.new.happened_hint, "datetime-local", "", "", "short") ?>
<?cs call:text_field(Form.ticket, "ticket", Text.ledger.ticket, Text.order.new.ticket_hint, "text", "", "off", "middle") ?>
<?cs call:text_area(Form.words, "words", Text.ledger.field.words, Text.ledger.new.words_hint, "5") ?>
<?cs call:button(Text.ledger.new.button) ?></form></div>
<?cs call:staff_end() ?>
