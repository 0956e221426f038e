<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?><?cs call:saved() ?><?cs call:conflict() ?><?cs call:error_summary() ?><?cs call:back_link("/staff/admin/texts", Text.admin.text.title) ?>
<h1><?cs var:Page.title ?></h1>
<?cs if:may_keep ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/texts/<?cs var:url_escape(part) ?>" class="narrow tall">
<?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:version ?>">
<?cs call:fields(Fields) ?><?cs call:step_button("preview", Text.admin.rules.to_preview) ?></form>
<?cs /if ?><?cs if:?Versions.0.version ?><h2><?cs var:Text.admin.text.versions ?></h2>
<?cs each:v = Versions ?><details<?cs if:!may_keep && first(v) ?> open<?cs /if ?>><summary><?cs var:v.title ?> · <?cs var:Text.admin.rules.since ?> <?cs call:moment(v.from) ?></summary>
<p class="small"><?cs var:Text.admin.text.changed ?> <?cs var:v.changed_by ?> <?cs call:moment(v.changed) ?></p>
<?cs call:prose(v.Body) ?></details>
<?cs /each ?><?cs /if ?><?cs call:staff_end() ?>
