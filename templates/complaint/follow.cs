<?cs #
Number and code.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><?cs call:error_summary() ?><?cs if:?problem ?><div class="errors" role="alert"><p><?cs var:problem ?></p></div>
<?cs /if ?><h1><?cs var:Page.title ?></h1>
<form method="post" action="<?cs var:Site.base ?>/complaint/follow" novalidate><?cs call:form_token() ?>
<?cs call:text_field(Form.number, "number", Text.complaint.number, Text.complaint.follow.number_hint, "text", "", "off", "middle") ?>
<?cs call:text_field(Form.code, "code", Text.complaint.code, Text.complaint.follow.code_hint, "text", "numeric", "off", "short") ?>
<?cs call:effort() ?><?cs call:button(Text.complaint.follow.button) ?></form>
<p><a href="<?cs var:Site.base ?>/complaint/code"><?cs var:Text.complaint.code_title ?></a></p>
<p><?cs var:Text.complaint.follow.lost ?> <?cs call:hotline_link() ?></p>
<?cs call:public_end() ?>
