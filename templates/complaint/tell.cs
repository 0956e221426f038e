<?cs #
What the resident adds: a rating, words, "not fixed", a withdrawal.
?><?cs include!"layout.cs" ?><?cs include!"photos.cs" ?><?cs call:public_start() ?><?cs call:back_link("/complaint/progress/" + Ticket.number, Text.complaint.progress.title) ?><?cs call:error_summary() ?><p class="step"><?cs var:Text.complaint.number ?> <?cs var:Ticket.number_text ?></p>
<h1><?cs var:Page.title ?></h1>
<?cs if:May.rate ?><h2><?cs var:Text.complaint.rate ?></h2>
<form method="post" action="<?cs var:Site.base ?>/complaint/progress/<?cs var:url_escape(Ticket.number) ?>/tell"><?cs call:form_token() ?><input type="hidden" name="version" value="<?cs var:Ticket.version ?>"><input type="hidden" name="action" value="rate">
<?cs call:radios(Form.rating, "rating", Text.complaint.rate_label, "", Ratings) ?><?cs call:button(Text.complaint.rate_button) ?></form>
<?cs /if ?><?cs if:May.tell ?><?cs if:May.rate ?><h2><?cs var:Text.complaint.tell_more ?></h2>
<?cs /if ?><form method="post" action="<?cs var:Site.base ?>/complaint/progress/<?cs var:url_escape(Ticket.number) ?>/tell" enctype="multipart/form-data" novalidate><?cs call:form_token() ?><input type="hidden" name="version" value="<?cs var:Ticket.version ?>">
<?cs call:radios(Form.action, "action", Text.complaint.tell_label, "", Actions) ?>
<?cs call:text_area(Form.words, "words", Text.complaint.tell_words, Text.complaint.tell_hint, "4") ?>
<?cs call:photo_fields(Text.photo.legend, Text.photo.hint, Staged, PhotoFields) ?>
<?cs call:button_second(Text.complaint.tell_button) ?></form>
<?cs /if ?><?cs call:public_end() ?>
