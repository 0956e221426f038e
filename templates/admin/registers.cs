<?cs include!"office.cs" ?><?cs call:office_start() ?>
<h1><?cs var:Text.admin.register.title ?></h1>
<p><?cs var:Text.admin.register.stale_before ?> <?cs var:days ?> <?cs var:Text.admin.register.stale_after ?></p>
<?cs call:table_start(Text.admin.register.title) ?><thead><tr><?cs call:column(Text.admin.unit) ?><?cs call:column(Text.admin.register.active) ?><?cs call:column(Text.admin.register.stale_count) ?></tr></thead>
<tbody><?cs each:r = Rows ?><tr><th scope="row"><a class="lone" href="<?cs var:Site.base ?>/staff/admin/register/<?cs var:r.id ?>"><?cs var:r.name ?></a></th><td><?cs var:r.active ?></td><td><?cs if:r.is_stale ?><?cs call:tag(r.stale, "warn") ?><?cs else ?><?cs var:r.stale ?><?cs /if ?></td></tr>
<?cs /each ?></tbody><?cs call:table_end() ?>
<?cs call:staff_end() ?>
