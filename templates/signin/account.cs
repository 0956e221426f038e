<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<div class="narrow">
<?cs if:is_changed ?><p class="box ok" role="status"><?cs var:Text.staff.account.changed ?></p>
<?cs /if ?><h1><?cs var:Text.staff.account.title ?></h1>
<dl class="rows"><?cs call:row(Text.staff.account.name, Actor.name) ?><?cs call:row(Text.staff.signin.login, Actor.login) ?><div><dt><?cs var:Text.staff.account.roles ?></dt><dd><?cs each:r = Roles ?><?cs var:r.words ?>
<?cs /each ?></dd></div></dl>
<?cs if:has_desk ?><p><a class="button" href="<?cs var:Site.base ?>/staff/ticket/"><?cs var:Text.staff.queue.title ?></a></p>
<?cs else ?><?cs call:notice(Text.staff.account.no_desk, "info") ?><p><a class="button" href="<?cs var:Site.base ?>/staff/ticket/new"><?cs var:Text.staff.new.link ?></a> <a class="button second" href="<?cs var:Site.base ?>/staff/ticket/"><?cs var:Text.desk.view.first ?></a></p><?cs /if ?>
<?cs if:has_office ?><p><a class="button second" href="<?cs var:Site.base ?>/staff/admin/"><?cs var:Text.admin.title ?></a></p>
<?cs /if ?><?cs if:has_cases ?><p><a class="button" href="<?cs var:Site.base ?>/staff/discipline/"><?cs var:Text.discipline.title ?></a></p>
<?cs /if ?><p class="lone"><a href="<?cs var:Site.base ?>/staff/signin/password"><?cs var:Text.staff.password.link ?></a></p>
</div>
<?cs call:staff_end() ?>
