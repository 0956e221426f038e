<?cs include!"ticket/parts.cs" ?><?cs call:staff_start() ?><?cs call:part_head() ?>
<p><?cs var:Text.hand.ticket.lead ?></p>
<section aria-labelledby="h-this"><h2 id="h-this"><?cs var:Text.staff.merge.this ?></h2><?cs call:ticket_brief(Ticket) ?></section>
<form method="post" action="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/discipline" autocomplete="off"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:version ?>">
<?cs call:text_field(Form.about, "about", Text.sealed.about, Text.sealed.about_hint, "text", "", "off", "") ?>
<?cs call:text_area(Form.words, "words", Text.hand.words, Text.hand.words_hint, "4") ?>
<?cs call:button(Text.hand.button) ?></form>
<?cs call:staff_end() ?>
