<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?><?cs if:is_conflict ?><div class="box warn" role="alert"><p><?cs var:Text.admin.conflict ?></p>
<p><strong><?cs var:now_title ?></strong></p><p class="words"><?cs var:now_words ?></p></div>
<?cs /if ?><?cs call:error_summary() ?><?cs call:back_link("/staff/admin/canned", Text.admin.canned.title) ?>
<h1><?cs var:Page.title ?></h1>
<?cs if:unit ?><p><?cs var:Text.admin.canned.unit ?>: <?cs var:unit ?></p>
<?cs /if ?><?cs if:has_preview ?><h2><?cs var:Text.admin.canned.preview ?></h2>
<p class="box info words"><?cs var:preview ?></p>
<?cs /if ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/canned/<?cs var:url_escape(part) ?>" class="narrow">
<?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:version ?>">
<?cs call:fields(Fields) ?><?cs call:step_button("save", Text.admin.save) ?><?cs call:step_second("preview", Text.admin.canned.to_preview) ?></form>
<?cs call:staff_end() ?>
