<?cs include!"supply/register.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><?cs call:back_link("/staff/supply/customers/", Text.customer.find.title) ?>
<?cs call:done_box() ?><?cs if:is_stale ?><p class="box warn" role="alert"><?cs var:Text.customer.household.stale ?></p>
<?cs /if ?><h1><?cs var:Text.customer.household.title ?> <span class="no"><?cs var:Household.account ?></span></h1>
<dl class="rows"><?cs if:?Household.place ?><div><dt><?cs var:Text.customer.household.place ?></dt><dd><a href="<?cs var:Site.base ?>/staff/supply/places/<?cs var:Household.place ?>"><?cs var:Household.place_name ?></a><?cs if:Household.around ?> <?cs var:Household.around ?><?cs /if ?></dd></div>
<?cs /if ?><?cs if:?Household.meter ?><div><dt><?cs var:Text.customer.household.meter ?></dt><dd><a href="<?cs var:Site.base ?>/staff/supply/meters/<?cs var:Household.meter ?>"><?cs var:Household.meter_name ?></a></dd></div>
<?cs /if ?><div><dt><?cs var:Text.customer.household.phone ?></dt><dd><?cs if:Household.phone ?><?cs var:Household.phone ?><?cs else ?><?cs var:Text.customer.household.no_phone ?><?cs /if ?></dd></div>
<?cs if:is_open ?><div><dt><?cs var:Text.customer.household.name ?></dt><dd><?cs if:Household.name ?><?cs var:Household.name ?><?cs else ?><?cs var:Text.staff.none ?><?cs /if ?></dd></div>
<div><dt><?cs var:Text.customer.household.address ?></dt><dd><?cs if:Household.address ?><?cs var:Household.address ?><?cs else ?><?cs var:Text.staff.none ?><?cs /if ?></dd></div>
<?cs /if ?></dl>
<?cs if:may_open && !is_open ?><form method="post" action="<?cs var:Site.base ?>/staff/supply/customers/<?cs var:Household.key ?>/open"><?cs call:form_token() ?><?cs call:button_second(Text.customer.household.open) ?><p class="hint"><?cs var:Text.customer.household.open_hint ?></p></form>
<?cs /if ?><?cs if:may_keep ?><section aria-labelledby="h-change"><h2 id="h-change"><?cs var:Text.customer.household.change ?></h2>
<form class="narrow" method="post" action="<?cs var:Site.base ?>/staff/supply/customers/<?cs var:Household.key ?>/phone"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="was" value="<?cs var:Household.was ?>">
<?cs call:text_field(Form.phone, "phone", Text.customer.household.new_phone, Text.customer.household.phone_hint, "tel", "tel", "off", "middle") ?>
<?cs if:Household.was ?><?cs call:checkbox(Form.remove, "remove", Text.customer.household.remove) ?>
<?cs /if ?><?cs call:button(Text.admin.save) ?></form></section>
<?cs /if ?><?cs call:history() ?><?cs call:staff_end() ?>
