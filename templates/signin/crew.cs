<?cs #
Signing in to the crews' pages.
?><?cs include!"crew.cs" ?><?cs call:crew_start() ?><?cs if:is_out ?><p class="box ok" role="status"><?cs var:Text.staff.signin.out ?></p>
<?cs /if ?><?cs call:error_summary() ?><h1><?cs var:Page.title ?></h1>
<p><?cs var:Text.crew.signin.text ?></p>
<form method="post" action="<?cs var:Site.base ?>/crew/signin">
<?cs call:form_token() ?><input type="hidden" name="to" value="<?cs var:Form.to.value ?>">
<?cs call:text_field(Form.login, "login", Text.staff.signin.login, "", "text", "", "username", "") ?>
<?cs call:text_field(Form.password, "password", Text.staff.signin.password, "", "password", "", "current-password", "") ?>
<?cs call:button(Text.staff.signin.button) ?></form>
<?cs call:crew_end() ?>
