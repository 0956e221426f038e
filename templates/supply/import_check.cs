<?cs include!"supply/register.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?><?cs call:back_link("/staff/supply/customers/import", Text.customer.import.title) ?>
<?cs if:is_overtaken ?><p class="box warn" role="alert"><?cs var:Text.customer.check.overtaken ?></p>
<?cs /if ?><?cs if:is_in_force ?><p class="box ok" role="status"><?cs var:Text.customer.check.in_force ?></p>
<?cs /if ?><h1><?cs var:Text.customer.check.title ?> <?cs call:tag(Import.state, Import.colour) ?></h1>
<p><?cs var:Import.file ?> · <?cs var:encoding ?> · <?cs call:moment(Import.begun) ?> · <?cs var:Import.by ?></p>
<dl class="rows"><?cs each:c = Counts ?><?cs call:row(c.label, c.value) ?><?cs /each ?></dl>
<?cs if:?Overwritten.0.account ?><section aria-labelledby="h-over"><h2 id="h-over"><?cs var:Text.customer.check.overwritten ?></h2>
<ul class="plain"><?cs each:o = Overwritten ?><li><?cs var:o.account ?>: <?cs if:o.before ?><?cs var:o.before ?><?cs else ?><?cs var:Text.staff.none ?><?cs /if ?> → <?cs if:o.after ?><?cs var:o.after ?><?cs else ?><?cs var:Text.staff.none ?><?cs /if ?></li>
<?cs /each ?></ul></section>
<?cs /if ?><?cs if:?Lines.0.line ?><h2><?cs var:Text.customer.check.lines ?></h2>
<?cs call:table_start(Text.customer.check.lines) ?><thead><tr><?cs call:column(Text.customer.line.line) ?><?cs call:column(Text.customer.line.field) ?><?cs call:column(Text.customer.line.problem) ?></tr></thead>
<tbody><?cs each:l = Lines ?><tr><th scope="row"><?cs var:l.line ?></th><td><?cs var:l.field ?></td><td><?cs var:l.problem ?><?cs if:?l.other ?> (<?cs var:Text.customer.line.other ?> <?cs var:l.other ?>)<?cs /if ?></td></tr>
<?cs /each ?></tbody><?cs call:table_end() ?>
<p><a href="<?cs var:Site.base ?>/staff/supply/customers/import/<?cs var:Import.id ?>/lines.csv" download><?cs var:Text.customer.check.all_lines ?></a></p>
<?cs /if ?><?cs if:is_staged ?><section aria-labelledby="h-act"><h2 id="h-act"><?cs var:Text.customer.check.act ?></h2>
<p><?cs var:Text.customer.check.act_words ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/supply/customers/import/<?cs var:Import.id ?>"><?cs call:form_token() ?><?cs call:form_key() ?>
<?cs if:removes_many ?><p class="box warn"><?cs var:Text.customer.check.removes_many ?></p><?cs call:checkbox(Form.removal, "removal", Text.customer.check.removal) ?><?cs /if ?>
<p><button class="button" type="submit" name="act" value="1"><?cs var:Text.customer.check.confirm ?></button> <button class="button second" type="submit" name="act" value="2"><?cs var:Text.customer.check.discard ?></button></p></form></section>
<?cs /if ?><?cs call:staff_end() ?>
