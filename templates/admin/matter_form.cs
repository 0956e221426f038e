<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?><?cs call:conflict() ?><?cs call:problems() ?><?cs call:error_summary() ?>
<?cs if:is_new ?><?cs call:back_link("/staff/admin/rules", Text.admin.rules.title) ?><?cs else ?><p class="back"><a href="<?cs var:Site.base ?>/staff/admin/matters/<?cs var:url_escape(code) ?>"><?cs var:base ?></a></p>
<?cs /if ?><h1><?cs var:Page.title ?></h1>
<p><?cs if:is_new ?><?cs var:Text.admin.matter.new_lead ?> <?cs var:base ?><?cs else ?><?cs var:Text.admin.matter.change_lead ?><?cs /if ?></p>
<?cs if:is_new ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/matters/new" class="narrow"><input type="hidden" name="model" value="<?cs var:code ?>">
<?cs else ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/matters/<?cs var:url_escape(code) ?>/change" class="narrow"><input type="hidden" name="seen" value="<?cs var:seen ?>">
<?cs /if ?><?cs call:form_token() ?><?cs call:form_key() ?><?cs call:fields(Facts) ?><?cs each:r = Rules ?><fieldset class="act rule"><legend><?cs var:r.title ?></legend>
<?cs call:fields(r.Fields) ?></fieldset>
<?cs /each ?><?cs call:fields(Unit) ?><?cs call:fields(Whole) ?><?cs call:step_button("preview", Text.admin.rules.to_preview) ?></form>
<?cs call:staff_end() ?>
