<?cs #
What the discipline office has to say to the reporter, by number and code.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><?cs call:error_summary() ?><?cs if:?problem ?><div class="errors" role="alert"><p><?cs var:problem ?></p></div>
<?cs /if ?><h1><?cs var:Page.title ?></h1>
<?cs if:is_shown ?><p class="step"><?cs var:Text.sealed.number ?> <?cs var:Case.number_text ?></p>
<?cs if:?Case.answer ?><p><?cs var:Text.sealed.answer.given ?> <time datetime="<?cs var:Case.day ?>"><?cs var:Case.day ?></time></p>
<p class="words"><?cs var:Case.answer ?></p>
<?cs else ?><p class="box info"><?cs var:Text.sealed.answer.none ?></p>
<?cs /if ?><?cs else ?><form method="post" action="<?cs var:Site.base ?>/complaint/misconduct/answer" autocomplete="off" novalidate><?cs call:form_token() ?>
<?cs call:text_field(Form.number, "number", Text.sealed.number, Text.sealed.number_hint, "text", "", "off", "middle") ?>
<?cs call:text_field(Form.code, "code", Text.complaint.code, Text.complaint.follow.code_hint, "text", "numeric", "off", "short") ?>
<?cs call:effort() ?><?cs call:button(Text.sealed.answer.button) ?></form>
<?cs /if ?><?cs call:public_end() ?>
