<?cs include!"office.cs" ?><?cs call:office_start() ?>
<h1><?cs var:Text.admin.duty.title ?></h1>
<p><?cs var:Text.admin.duty.next_before ?> <?cs var:days ?> <?cs var:Text.admin.duty.next_after ?></p>
<?cs call:table_start(Text.admin.duty.title) ?><thead><tr><?cs call:column(Text.admin.unit) ?><?cs call:column(Text.admin.duty.now) ?><?cs call:column(Text.admin.duty.uncovered) ?><?cs call:column(Text.admin.duty.gaps) ?></tr></thead>
<tbody><?cs each:r = Rows ?><tr><th scope="row"><a class="lone" href="<?cs var:Site.base ?>/staff/admin/duty/<?cs var:r.id ?>"><?cs var:r.name ?></a></th><td><?cs if:r.now ?><?cs var:r.now ?><?cs else ?><?cs call:tag(Text.admin.duty.nobody, "bad") ?><?cs /if ?></td><td><?cs if:r.has_gaps ?><?cs call:tag(r.uncovered, "warn") ?><?cs else ?><?cs var:Text.admin.duty.covered ?><?cs /if ?></td><td><?cs each:g = r.Gaps ?><span class="gap"><?cs call:moment(g.from) ?> – <?cs call:moment(g.to) ?></span> <?cs /each ?><?cs if:r.has_more_gaps ?>…<?cs /if ?></td></tr>
<?cs /each ?></tbody><?cs call:table_end() ?>
<?cs call:staff_end() ?>
