<?cs include!"supply/register.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><?cs call:back_link("/staff/supply/places/", Text.customer.places.title) ?>
<h1><?cs var:Text.customer.import.title ?></h1>
<p><?cs var:Text.customer.import.lead ?></p>
<form class="narrow" method="post" action="<?cs var:Site.base ?>/staff/supply/customers/import" enctype="multipart/form-data"><?cs call:form_token() ?><?cs call:form_key() ?>
<div class="field<?cs if:Form.file.error ?> wrong<?cs /if ?>"><?cs call:field_head(Form.file, "file", Text.customer.import.file, Text.customer.import.file_hint) ?><input id="f-file" name="file" type="file" accept=".csv,text/csv"<?cs call:described(Form.file, "file", Text.customer.import.file_hint) ?>></div>
<p class="hint"><?cs var:Text.customer.import.most ?> <?cs var:most ?> KiB</p>
<?cs call:button(Text.customer.import.button) ?></form>
<section aria-labelledby="h-columns"><h2 id="h-columns"><?cs var:Text.customer.import.columns ?></h2>
<p><?cs var:Text.customer.import.columns_words ?></p></section>
<?cs if:?Imports.0.id ?><h2><?cs var:Text.customer.import.before ?></h2>
<?cs call:table_start(Text.customer.import.before) ?><thead><tr><?cs call:column(Text.customer.import.number) ?><?cs call:column(Text.customer.import.file) ?><?cs call:column(Text.customer.state_words) ?><?cs call:column(Text.customer.households) ?><?cs call:column(Text.customer.import.begun) ?><?cs call:column(Text.customer.import.by) ?></tr></thead>
<tbody><?cs each:i = Imports ?><tr><th scope="row"><a class="lone" href="<?cs var:Site.base ?>/staff/supply/customers/import/<?cs var:i.id ?>"><?cs var:i.id ?></a></th><td><?cs var:i.file ?></td><td><?cs call:tag(i.state, i.colour) ?></td><td><?cs var:i.rows ?></td><td><?cs call:moment(i.begun) ?></td><td><?cs var:i.by ?></td></tr>
<?cs /each ?></tbody><?cs call:table_end() ?>
<?cs /if ?><?cs call:staff_end() ?>
