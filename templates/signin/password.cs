<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<div class="narrow">
<?cs call:error_summary() ?><h1><?cs var:Text.staff.password.title ?></h1>
<?cs if:must_change ?><?cs call:notice(Text.staff.password.must, "info") ?><?cs /if ?>
<p><?cs var:Text.staff.password.least ?> <?cs var:least ?> <?cs var:Text.staff.password.characters ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/signin/password">
<?cs call:form_token() ?>
<?cs if:!has_session ?><?cs call:text_field(Form.login, "login", Text.staff.signin.login, "", "text", "", "username", "") ?>
<?cs else ?><p><?cs var:Text.staff.signin.login ?>: <strong><?cs var:Actor.login ?></strong></p>
<?cs /if ?><?cs call:text_field(Form.password, "password", Text.staff.password.old, "", "password", "", "current-password", "") ?>
<?cs call:text_field(Form.chosen, "chosen", Text.staff.password.chosen, Text.staff.password.hint, "password", "", "new-password", "") ?>
<?cs call:text_field(Form.again, "again", Text.staff.password.again, "", "password", "", "new-password", "") ?>
<?cs call:button(Text.staff.password.button) ?></form>
</div>
<?cs call:staff_end() ?>
