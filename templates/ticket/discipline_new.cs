<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/ticket/new"><?cs var:Text.staff.new.link ?></a></p>
<div class="narrow"><?cs call:error_summary() ?><h1><?cs var:Text.hand.new.title ?></h1>
<?cs if:has_key ?><p><?cs var:Text.hand.new.lead ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/ticket/discipline" autocomplete="off"><?cs call:form_token() ?><?cs call:form_key() ?>
<?cs call:text_area(Form.words, "words", Text.sealed.words, Text.sealed.words_hint, "8") ?>
<?cs call:text_field(Form.about, "about", Text.sealed.about, Text.sealed.about_hint, "text", "", "off", "") ?>
<?cs call:text_field(Form.occurred, "occurred", Text.sealed.occurred, Text.sealed.occurred_hint, "text", "", "off", "") ?>
<?cs call:text_field(Form.name, "name", Text.hand.name, Text.hand.name_hint, "text", "", "off", "middle") ?>
<?cs call:text_field(Form.contact, "contact", Text.hand.contact, "", "text", "", "off", "middle") ?>
<?cs call:button(Text.hand.button) ?></form>
<?cs else ?><p class="box info"><?cs var:Text.hand.no_key ?></p>
<?cs /if ?></div>
<?cs call:staff_end() ?>
