<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<div class="narrow">
<?cs if:is_out ?><p class="box ok" role="status"><?cs var:Text.staff.signin.out ?></p>
<?cs /if ?><?cs call:error_summary() ?><h1><?cs var:Text.staff.signin.title ?></h1>
<form method="post" action="<?cs var:Site.base ?>/staff/signin">
<?cs call:form_token() ?><input type="hidden" name="to" value="<?cs var:Form.to.value ?>">
<?cs call:text_field(Form.login, "login", Text.staff.signin.login, "", "text", "", "username", "") ?>
<?cs call:text_field(Form.password, "password", Text.staff.signin.password, "", "password", "", "current-password", "") ?>
<?cs call:button(Text.staff.signin.button) ?></form>
<p class="lone"><a href="<?cs var:Site.base ?>/staff/signin/password"><?cs var:Text.staff.password.link ?></a></p>
</div>
<?cs call:staff_end() ?>
