<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?><?cs call:saved() ?><?cs call:conflict() ?><?cs call:error_summary() ?>
<?cs call:back_link("/staff/admin/ladder", Text.admin.ladder.title) ?>
<h1><?cs var:Page.title ?></h1>
<ul><?cs each:s = Steps ?><li><?cs var:s.when ?>: <?cs var:s.who ?></li>
<?cs /each ?></ul>
<?cs if:may_keep ?><p><?cs var:Text.admin.ladder.form_lead ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/ladder/<?cs var:url_escape(kind) ?>" class="narrow">
<?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="seen" value="<?cs var:seen ?>">
<?cs each:r = Rows ?><fieldset class="act rule"><legend><?cs var:r.title ?></legend>
<?cs if:r.is_breach ?><p class="hint"><?cs var:Text.admin.ladder.breach_hint ?></p>
<?cs /if ?><?cs call:fields(r.Fields) ?><fieldset><legend><?cs var:Text.admin.ladder.who ?></legend><?cs call:fields(r.Audiences) ?></fieldset>
<?cs call:fields(r.Remove) ?></fieldset>
<?cs /each ?><?cs call:fields(Whole) ?><?cs call:step_button("preview", Text.admin.rules.to_preview) ?></form>
<?cs /if ?><?cs call:staff_end() ?>
