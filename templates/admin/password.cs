<?cs include!"office.cs" ?><?cs call:staff_start() ?>
<div class="narrow">
<h1><?cs var:Text.admin.password.title ?></h1>
<dl class="rows"><?cs call:row(Text.staff.signin.login, login) ?><div><dt><?cs var:Text.staff.signin.password ?></dt><dd class="no"><?cs var:password ?></dd></div></dl>
<?cs call:notice(Text.admin.password.once, "warn") ?>
<p><a class="button" href="<?cs var:Site.base ?><?cs var:back_url ?>"><?cs var:Text.admin.password.back ?></a></p>
</div>
<?cs call:staff_end() ?>
