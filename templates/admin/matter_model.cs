<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?>
<?cs call:back_link("/staff/admin/rules", Text.admin.rules.title) ?>
<h1><?cs var:Text.admin.matter.new ?></h1>
<p><?cs var:Text.admin.matter.model_lead ?></p>
<form method="get" action="<?cs var:Site.base ?>/staff/admin/matters/new" class="narrow">
<?cs call:fields(Fields) ?><?cs call:button(Text.admin.go_on) ?></form>
<?cs call:staff_end() ?>
