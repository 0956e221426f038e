<?cs include!"supply/register.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><?cs call:back_link("/staff/supply/places/", Text.customer.places.title) ?>
<h1><?cs var:Text.customer.find.title ?></h1>
<form class="narrow" method="post" action="<?cs var:Site.base ?>/staff/supply/customers/"><?cs call:form_token() ?>
<?cs call:text_field(Form.number, "number", Text.customer.find.number, Text.customer.find.hint, "text", "numeric", "off", "middle") ?>
<?cs call:button(Text.customer.places.button) ?></form>
<?cs if:?Found.0.key ?><section aria-labelledby="h-found"><h2 id="h-found"><?cs var:Text.customer.find.found ?></h2>
<ul class="plain"><?cs each:f = Found ?><li><a class="no" href="<?cs var:Site.base ?>/staff/supply/customers/<?cs var:f.key ?>"><?cs var:f.account ?></a></li>
<?cs /each ?></ul></section>
<?cs /if ?><?cs if:may_import ?><p><a href="<?cs var:Site.base ?>/staff/supply/customers/import"><?cs var:Text.customer.import.title ?></a></p>
<?cs /if ?><?cs call:staff_end() ?>
