<?cs include!"supply/register.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><?cs call:back_link("/staff/supply/places/" + Meter.place, Meter.place_name) ?>
<?cs call:done_box() ?><?cs call:stale_box() ?><h1><?cs var:Meter.name ?><?cs if:Meter.is_retired ?> <?cs call:tag(Text.customer.retired, "info") ?><?cs /if ?></h1>
<dl class="rows"><?cs call:row(Text.customer.meter.code, Meter.code) ?><?cs call:row(Text.customer.meter.place, Meter.place_name) ?><?cs call:row(Text.customer.households, Meter.households) ?></dl>
<?cs if:may_keep ?><section aria-labelledby="h-edit"><h2 id="h-edit"><?cs var:Text.customer.meter.edit ?></h2>
<form class="narrow" method="post" action="<?cs var:Site.base ?>/staff/supply/meters/<?cs var:Meter.id ?>"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:Meter.version ?>">
<?cs call:text_field(Form.name, "name", Text.customer.field_name, "", "text", "", "off", "middle") ?>
<?cs call:checkbox(Form.is_retired, "is_retired", Text.customer.meter.retire) ?>
<?cs call:button(Text.admin.save) ?></form></section>
<?cs /if ?><?cs call:history() ?><?cs call:staff_end() ?>
