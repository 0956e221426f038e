<?cs include!"supply/register.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><?cs call:back_link("/staff/supply/places/" + Parent.id, Parent.name) ?>
<h1><?cs var:Text.customer.meter.new ?></h1>
<form class="narrow" method="post" action="<?cs var:Site.base ?>/staff/supply/meters/new"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="place" value="<?cs var:Parent.id ?>">
<?cs call:text_field(Form.code, "code", Text.customer.meter.code, Text.customer.meter.code_hint, "text", "", "off", "middle") ?>
<?cs call:text_field(Form.name, "name", Text.customer.field_name, "", "text", "", "off", "middle") ?>
<?cs call:button(Text.admin.save) ?></form>
<?cs call:staff_end() ?>
