<?cs include!"ticket/parts.cs" ?><?cs call:staff_start() ?><?cs call:part_head() ?>
<p><?cs var:Text.staff.joint.hint ?></p>
<section aria-labelledby="h-this"><h2 id="h-this"><?cs var:Text.staff.show.facts ?></h2><?cs call:ticket_brief(Ticket) ?></section>
<form method="post" action="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/joint"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:version ?>">
<?cs call:select_field(Form.lead, "lead", Text.staff.joint.lead, "", LeadChoices) ?>
<?cs call:select_field(Form.inspection, "inspection", Text.staff.joint.inspection, "", InspectionChoices) ?>
<?cs call:text_area(Form.words, "words", Text.staff.field.words, "", "3") ?>
<?cs call:button(Text.staff.joint.button) ?></form>
<?cs call:staff_end() ?>
