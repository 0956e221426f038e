<?cs include!"supply/register.cs" ?><?cs call:staff_start() ?>
<div class="bar-top"><h1><?cs var:Text.customer.places.title ?></h1><p><a href="<?cs var:Site.base ?>/staff/supply/customers/"><?cs var:Text.customer.find.title ?></a><?cs if:may_import ?> · <a href="<?cs var:Site.base ?>/staff/supply/customers/import"><?cs var:Text.customer.import.title ?></a><?cs /if ?></p></div>
<form method="get" action="<?cs var:Site.base ?>/staff/supply/places/" role="search"><?cs call:text_field(Form.q, "q", Text.customer.places.search, Text.customer.places.hint, "text", "", "off", "middle") ?><?cs call:button_second(Text.customer.places.button) ?></form>
<?cs if:?Places.0.id ?><?cs call:place_table(Places) ?><?cs elif:is_search ?><p role="status"><?cs var:Text.area.none ?></p><?cs else ?><p><?cs var:Text.customer.places.empty ?></p><?cs /if ?>
<?cs if:may_keep ?><p><a class="button second" href="<?cs var:Site.base ?>/staff/supply/places/new"><?cs var:Text.customer.place.new_district ?></a></p>
<?cs /if ?><?cs call:staff_end() ?>
