<?cs include!"office.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><?cs call:back_link("/staff/admin/units", Text.admin.units.title) ?>
<?cs call:stale_box() ?><h1><?cs if:?Unit.id ?><?cs var:Unit.name ?><?cs else ?><?cs var:Text.admin.units.new ?><?cs /if ?></h1>
<form class="narrow" method="post" action="<?cs var:Site.base ?>/staff/admin/units/<?cs if:?Unit.id ?><?cs var:Unit.id ?><?cs else ?>new<?cs /if ?>">
<?cs call:form_token() ?><?cs call:form_key() ?>
<?cs if:?Unit.id ?><input type="hidden" name="version" value="<?cs if:is_stale ?><?cs var:Unit.version ?><?cs elif:Form.version.value ?><?cs var:Form.version.value ?><?cs else ?><?cs var:Unit.version ?><?cs /if ?>">
<dl class="rows"><?cs call:row(Text.admin.units.code, Unit.code) ?></dl>
<?cs else ?><?cs call:text_field(Form.code, "code", Text.admin.units.code, Text.admin.units.code_hint, "text", "", "off", "middle") ?>
<?cs /if ?><?cs call:text_field(Form.name_zh, "name_zh", Text.admin.units.name_zh, "", "text", "", "off", "") ?>
<?cs call:text_field(Form.name_en, "name_en", Text.admin.units.name_en, "", "text", "", "off", "") ?>
<?cs call:checkbox(Form.is_handling, "is_handling", Text.admin.units.is_handling_long) ?>
<?cs call:text_field(Form.sort, "sort", Text.admin.units.sort, Text.admin.units.sort_hint, "text", "numeric", "off", "short") ?>
<?cs call:login_field(Form.direct_leader, "direct_leader", Text.admin.units.direct_leader, Text.admin.units.login_hint) ?>
<?cs call:login_field(Form.leader_in_charge, "leader_in_charge", Text.admin.units.leader_in_charge, Text.admin.units.login_hint) ?>
<?cs call:login_field(Form.indicator_owner, "indicator_owner", Text.admin.units.indicator_owner, Text.admin.units.login_hint) ?>
<?cs call:people_list() ?><?cs call:button(Text.admin.save) ?></form>
<?cs call:staff_end() ?>
