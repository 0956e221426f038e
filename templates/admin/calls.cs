<?cs include!"office.cs" ?><?cs call:office_start() ?>
<h1><?cs var:Text.admin.calls.title ?></h1>
<p><?cs var:Text.admin.calls.about ?></p>
<?cs if:reads_all ?><form class="filters" method="get" action="<?cs var:Site.base ?>/staff/admin/calls"><?cs call:select_field(Form.unit, "unit", Text.admin.unit, "", Units) ?><?cs call:button(Text.admin.show) ?></form>
<?cs /if ?><?cs if:is_empty ?><?cs call:notice(Text.admin.calls.empty, "info") ?>
<?cs else ?><?cs call:table_start(Text.admin.calls.title) ?><thead><tr><?cs call:column(Text.admin.audit.at) ?><?cs call:column(Text.admin.unit) ?><?cs call:column(Text.admin.calls.number) ?><?cs call:column(Text.admin.calls.name) ?><?cs call:column(Text.admin.calls.ticket) ?><?cs call:column(Text.admin.calls.by) ?></tr></thead>
<tbody><?cs each:r = Rows ?><tr><td><?cs call:moment(r.at) ?></td><td><?cs var:r.unit ?></td><td class="no"><?cs if:r.number ?><?cs var:r.number ?><?cs else ?><?cs var:Text.admin.calls.no_number ?><?cs /if ?></td><td><?cs if:r.name ?><?cs var:r.name ?><?cs else ?><?cs call:tag(Text.admin.duty.nobody, "bad") ?><?cs /if ?></td><td><?cs if:reads_tickets ?><a class="lone no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:r.ticket ?>"><?cs var:r.ticket ?></a><?cs else ?><span class="no"><?cs var:r.ticket ?></span><?cs /if ?></td><td><?cs var:r.by ?></td></tr>
<?cs /each ?></tbody><?cs call:table_end() ?>
<?cs /if ?><p class="pager"><?cs if:?first_url ?><a class="button second" href="<?cs var:Site.base ?><?cs var:first_url ?>"><?cs var:Text.admin.first ?></a> <?cs /if ?><?cs if:?next_url ?><a class="button second" rel="next" href="<?cs var:Site.base ?><?cs var:next_url ?>"><?cs var:Text.admin.next ?></a><?cs /if ?></p>
<?cs call:staff_end() ?>
