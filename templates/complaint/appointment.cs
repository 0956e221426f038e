<?cs #
Another moment for the appointment.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><?cs call:back_link("/complaint/progress/" + Ticket.number, Text.complaint.progress.title) ?><?cs call:error_summary() ?><p class="step"><?cs var:Text.complaint.number ?> <?cs var:Ticket.number_text ?></p>
<h1><?cs var:Page.title ?></h1>
<?cs if:?Ticket.appointment.iso ?><p><?cs var:Text.complaint.appointment ?> <?cs call:moment(Ticket.appointment) ?></p>
<?cs /if ?><form method="post" action="<?cs var:Site.base ?>/complaint/progress/<?cs var:url_escape(Ticket.number) ?>/appointment" novalidate><?cs call:form_token() ?><?cs call:form_key() ?>
<?cs call:text_field(Form.at, "at", Text.complaint.appointment_label, Text.complaint.appointment_hint, "datetime-local", "", "", "middle") ?>
<?cs call:button(Text.complaint.appointment_button) ?></form>
<?cs call:public_end() ?>
