<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/admin/matters/<?cs var:url_escape(code) ?>"><?cs var:name ?></a></p>
<h1><?cs var:Text.admin.matter.end ?></h1>
<p><?cs var:Text.admin.matter.end_lead ?></p>
<?cs if:is_preview ?><?cs call:changes() ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/matters/<?cs var:url_escape(code) ?>/end">
<?cs call:form_token() ?><?cs call:form_key() ?><?cs call:hidden_fields() ?><?cs call:step_button("save", Text.admin.rules.save) ?><?cs call:step_second("edit", Text.admin.rules.edit_again) ?></form>
<?cs else ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/matters/<?cs var:url_escape(code) ?>/end" class="narrow">
<?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="seen" value="<?cs var:seen ?>">
<?cs call:fields(Whole) ?><?cs call:step_button("preview", Text.admin.rules.to_preview) ?></form>
<?cs /if ?><?cs call:staff_end() ?>
