<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/assessment/order/"><?cs var:Text.order.title ?></a></p>
<div class="narrow"><?cs call:error_summary() ?><h1><?cs var:Text.order.new.title ?></h1>
<p><?cs var:Text.order.new.lead ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/assessment/order/new"><?cs call:form_token() ?><?cs call:form_key() ?><?cs if:?penalty ?><input type="hidden" name="penalty" value="<?cs var:penalty ?>"><?cs /if ?>
<?cs if:place ?><p><?cs var:Text.staff.field.place ?>: <strong><?cs var:place ?></strong></p>
<?cs /if ?><?cs call:text_field(Form.ticket, "ticket", Text.order.ticket, Text.order.new.ticket_hint, "text", "", "off", "middle") ?>
<?cs call:select_field(Form.unit, "unit", Text.order.unit, "", UnitChoices) ?>
<?cs call:select_field(Form.reason, "reason", Text.order.why, "", ReasonChoices) ?>
<?cs call:text_field(Form.due_at, "due_at", Text.order.due, Text.order.new.due_hint, "datetime-local", "", "", "short") ?>
<?cs call:text_area(Form.words, "words", Text.order.field.words, Text.order.new.words_hint, "5") ?>
<?cs call:button(Text.order.new.button) ?></form></div>
<?cs call:staff_end() ?>
