<?cs include!"office.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><p class="back"><a href="<?cs var:Site.base ?>/staff/admin/register/<?cs var:Unit.id ?>"><?cs var:Text.admin.register.title ?> <?cs var:Unit.name ?></a></p>
<h1><?cs var:Text.admin.register.new ?></h1>
<form class="narrow" method="post" action="<?cs var:Site.base ?>/staff/admin/register/<?cs var:Unit.id ?>/new">
<?cs call:form_token() ?><?cs call:form_key() ?>
<?cs call:text_field(Form.name, "name", Text.admin.field.name, "", "text", "", "off", "middle") ?>
<?cs call:text_field(Form.login_name, "login_name", Text.staff.signin.login, Text.admin.register.login_hint, "text", "", "off", "middle") ?>
<?cs call:text_field(Form.badge, "badge", Text.admin.field.badge, Text.admin.register.badge_hint, "text", "", "off", "middle") ?>
<?cs call:text_field(Form.phone, "phone", Text.admin.field.phone, Text.staff.new.sealed, "tel", "tel", "off", "middle") ?>
<?cs if:?Roles.0.name ?><?cs call:role_boxes() ?><?cs call:notice(Text.admin.register.password_note, "info") ?><?cs else ?><?cs call:notice(Text.admin.register.no_rights_note, "info") ?><?cs /if ?>
<?cs call:button(Text.admin.register.add) ?></form>
<?cs call:staff_end() ?>
