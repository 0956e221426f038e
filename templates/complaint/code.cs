<?cs #
The query code again, by message to the phone of the report.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><?cs call:error_summary() ?><?cs if:?problem ?><div class="errors" role="alert"><p><?cs var:problem ?> <?cs call:hotline_link() ?></p></div>
<?cs /if ?><h1><?cs var:Page.title ?></h1>
<?cs if:is_sent ?><p class="box info"><?cs var:Text.complaint.code_sent ?></p>
<p><a class="button" href="<?cs var:Site.base ?>/complaint/follow"><?cs var:Text.complaint.follow.title ?></a></p>
<?cs else ?><p><?cs var:Text.complaint.code_lead ?></p>
<form method="post" action="<?cs var:Site.base ?>/complaint/code" novalidate><?cs call:form_token() ?>
<?cs call:text_field(Form.number, "number", Text.complaint.number, Text.complaint.follow.number_hint, "text", "", "off", "middle") ?>
<?cs call:text_field(Form.phone, "phone", Text.complaint.code_phone, "", "tel", "", "tel", "middle") ?>
<?cs call:effort() ?><?cs call:button(Text.complaint.code_button) ?></form>
<?cs /if ?><p><?cs var:Text.complaint.follow.lost ?> <?cs call:hotline_link() ?></p>
<?cs call:public_end() ?>
