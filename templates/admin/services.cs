<?cs include!"office.cs" ?><?cs call:office_start() ?>
<h1><?cs var:Text.admin.service.title ?></h1>
<?cs call:table_start(Text.admin.service.title) ?><thead><tr><?cs call:column(Text.admin.unit) ?><?cs call:column(Text.admin.service.rule_count) ?><?cs call:column(Text.admin.service.last) ?><?cs call:column(Text.admin.service.overdue) ?></tr></thead>
<tbody><?cs each:r = Rows ?><tr><th scope="row"><a class="lone" href="<?cs var:Site.base ?>/staff/admin/service/<?cs var:r.id ?>"><?cs var:r.name ?></a></th><td><?cs if:r.has_rules ?><?cs var:r.rules ?><?cs else ?><?cs call:tag(Text.staff.none, "warn") ?><?cs /if ?></td><td><?cs if:r.last ?><?cs var:r.last ?><?cs else ?><?cs call:tag(Text.staff.none, "warn") ?><?cs /if ?></td><td><?cs if:r.is_overdue ?><?cs call:tag(r.overdue, "bad") ?><?cs else ?><?cs var:r.overdue ?><?cs /if ?></td></tr>
<?cs /each ?></tbody><?cs call:table_end() ?>
<?cs call:staff_end() ?>
