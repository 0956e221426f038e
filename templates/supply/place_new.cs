<?cs include!"supply/register.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><?cs if:?Parent.id ?><?cs call:back_link("/staff/supply/places/" + Parent.id, Parent.name) ?><?cs else ?><?cs call:back_link("/staff/supply/places/", Text.customer.places.title) ?><?cs /if ?>
<h1><?cs var:Text.customer.place.new ?></h1>
<form class="narrow" method="post" action="<?cs var:Site.base ?>/staff/supply/places/new"><?cs call:form_token() ?><?cs call:form_key() ?>
<?cs if:?Parent.id ?><input type="hidden" name="parent" value="<?cs var:Parent.id ?>">
<?cs /if ?><?cs call:radios(Form.kind, "kind", Text.customer.kind_title, "", Kinds) ?>
<?cs call:text_field(Form.name, "name", Text.customer.field_name, Text.customer.place.new_hint, "text", "", "off", "middle") ?>
<?cs call:select_field(Form.zone, "zone", Text.customer.zone_title, "", Zones) ?>
<?cs call:button(Text.admin.save) ?></form>
<?cs call:staff_end() ?>
