<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/assessment/circular/"><?cs var:Text.circular.title ?></a></p>
<div class="narrow"><?cs call:error_summary() ?><h1><?cs var:Text.circular.new.title ?></h1>
<p><?cs var:Text.circular.new.lead ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/assessment/circular/new"><?cs call:form_token() ?><?cs call:form_key() ?>
<?cs call:select_field(Form.unit, "unit", Text.circular.unit, "", UnitChoices) ?>
<?cs call:text_field(Form.title, "title", Text.circular.subject, Text.circular.new.title_hint, "text", "", "off", "") ?>
<?cs call:text_area(Form.words, "words", Text.circular.words, Text.circular.new.words_hint, "10") ?>
<?cs call:text_area(Form.tickets, "tickets", Text.circular.new.tickets, Text.circular.new.tickets_hint, "2") ?>
<?cs call:text_field(Form.orders, "orders", Text.circular.new.orders, Text.circular.new.orders_hint, "text", "", "off", "middle") ?>
<?cs call:button(Text.circular.new.button) ?></form></div>
<?cs call:staff_end() ?>
