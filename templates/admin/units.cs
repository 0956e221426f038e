<?cs include!"office.cs" ?><?cs call:office_start() ?>
<?cs call:done_box() ?><h1><?cs var:Text.admin.units.title ?></h1>
<?cs call:table_start(Text.admin.units.title) ?><thead><tr><?cs call:column(Text.admin.units.name) ?><?cs call:column(Text.admin.units.code) ?><?cs call:column(Text.admin.units.is_handling) ?><?cs call:column(Text.admin.units.direct_leader) ?><?cs call:column(Text.admin.units.leader_in_charge) ?><?cs call:column(Text.admin.units.indicator_owner) ?></tr></thead>
<tbody><?cs each:r = Rows ?><tr><th scope="row"><?cs if:can_edit ?><a class="lone" href="<?cs var:Site.base ?>/staff/admin/units/<?cs var:r.id ?>"><?cs var:r.name ?></a><?cs else ?><?cs var:r.name ?><?cs /if ?></th><td><?cs var:r.code ?></td><td><?cs if:r.is_handling ?><?cs var:Text.staff.yes ?><?cs else ?><?cs var:Text.admin.no ?><?cs /if ?></td><td><?cs var:r.direct_leader ?></td><td><?cs var:r.leader_in_charge ?></td><td><?cs var:r.indicator_owner ?></td></tr>
<?cs /each ?></tbody><?cs call:table_end() ?>
<?cs if:can_edit ?><p><a class="button" href="<?cs var:Site.base ?>/staff/admin/units/new"><?cs var:Text.admin.units.new ?></a></p>
<?cs /if ?><?cs call:staff_end() ?>
