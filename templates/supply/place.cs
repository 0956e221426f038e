<?cs include!"supply/register.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><?cs if:?Place.parent ?><?cs call:back_link("/staff/supply/places/" + Place.parent, Text.customer.place.up) ?><?cs else ?><?cs call:back_link("/staff/supply/places/", Text.customer.places.title) ?><?cs /if ?>
<?cs call:done_box() ?><?cs call:stale_box() ?><h1><?cs var:Place.name ?><?cs if:Place.is_retired ?> <?cs call:tag(Text.customer.retired, "info") ?><?cs /if ?></h1>
<dl class="rows"><?cs call:row(Text.customer.kind_title, Place.kind) ?><?cs if:Place.around ?><?cs call:row(Text.customer.around, Place.around) ?><?cs /if ?><?cs call:row(Text.customer.zone_title, Place.zone) ?><?cs call:row(Text.customer.households, Place.households) ?><?cs call:row(Text.customer.phones, Place.phones) ?></dl>
<?cs if:Place.has_below ?><section aria-labelledby="h-below"><h2 id="h-below"><?cs var:Text.customer.place.below ?></h2>
<?cs if:?Places.0.id ?><?cs call:place_table(Places) ?><?cs else ?><p><?cs var:Text.customer.place.nothing_below ?></p><?cs /if ?>
<?cs if:may_keep ?><p><a class="button second" href="<?cs var:Site.base ?>/staff/supply/places/new?parent=<?cs var:Place.id ?>"><?cs var:Text.customer.place.new ?></a></p>
<?cs /if ?></section>
<?cs /if ?><section aria-labelledby="h-meters"><h2 id="h-meters"><?cs var:Text.customer.meters ?></h2>
<?cs if:?Meters.0.id ?><ul class="plain"><?cs each:m = Meters ?><li><a href="<?cs var:Site.base ?>/staff/supply/meters/<?cs var:m.id ?>"><?cs var:m.name ?></a> <span class="small"><?cs var:m.code ?> · <?cs var:m.households ?> <?cs var:Text.customer.unit_households ?></span><?cs if:m.is_retired ?> <?cs call:tag(Text.customer.retired, "info") ?><?cs /if ?></li>
<?cs /each ?></ul><?cs else ?><p><?cs var:Text.customer.no_meters ?></p><?cs /if ?>
<?cs if:may_keep ?><p><a class="button second" href="<?cs var:Site.base ?>/staff/supply/meters/new?place=<?cs var:Place.id ?>"><?cs var:Text.customer.meter.new ?></a></p>
<?cs /if ?></section>
<?cs if:may_keep ?><section aria-labelledby="h-edit"><h2 id="h-edit"><?cs var:Text.customer.place.edit ?></h2>
<form class="narrow" method="post" action="<?cs var:Site.base ?>/staff/supply/places/<?cs var:Place.id ?>"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="version" value="<?cs var:Place.version ?>">
<?cs call:text_field(Form.name, "name", Text.customer.field_name, Text.customer.place.name_hint, "text", "", "off", "middle") ?>
<?cs call:select_field(Form.zone, "zone", Text.customer.zone_title, Text.customer.zone_hint, Zones) ?>
<?cs call:checkbox(Form.is_retired, "is_retired", Text.customer.place.retire) ?>
<?cs call:button(Text.admin.save) ?></form></section>
<?cs /if ?><?cs call:history() ?><?cs call:staff_end() ?>
