<?cs include!"office.cs" ?><?cs call:staff_start() ?><?cs if:reads_all ?><?cs call:back_link("/staff/admin/service", Text.admin.service.title) ?><?cs else ?><?cs call:back_link("/staff/admin/", Text.admin.title) ?><?cs /if ?>
<?cs call:done_box() ?><h1><?cs var:Text.admin.service.title ?> <?cs var:Unit.name ?></h1>
<h2><?cs var:Text.admin.service.rules ?></h2>
<?cs if:!has_rules ?><?cs call:notice(Text.admin.service.no_rules, "info") ?>
<?cs else ?><?cs call:table_start(Text.admin.service.rules) ?><thead><tr><?cs call:column(Text.admin.service.rule_title) ?><?cs call:column(Text.admin.service.from) ?><?cs call:column(Text.admin.service.state) ?><?cs call:column(Text.admin.service.version) ?></tr></thead>
<tbody><?cs each:r = Rules ?><tr><th scope="row"><a class="lone" href="<?cs var:Site.base ?>/staff/admin/service/<?cs var:Unit.id ?>/rule/<?cs var:r.no ?>"><?cs var:r.title ?></a></th><td><?cs var:r.from ?></td><td><?cs if:r.is_ended ?><?cs call:tag(Text.admin.service.ended, "bad") ?><?cs elif:r.is_coming ?><?cs call:tag(Text.admin.service.coming, "info") ?><?cs else ?><?cs call:tag(Text.admin.service.in_force, "ok") ?><?cs /if ?></td><td><?cs var:r.version ?></td></tr>
<?cs /each ?></tbody><?cs call:table_end() ?>
<?cs /if ?><?cs if:can_keep ?><p class="buttons"><a class="button second" href="<?cs var:Site.base ?>/staff/admin/service/<?cs var:Unit.id ?>/rule"><?cs var:Text.admin.service.new_rule ?></a></p>
<?cs /if ?><h2><?cs var:Text.admin.service.inspections ?></h2>
<?cs if:!has_inspections ?><?cs call:notice(Text.admin.service.no_inspections, "info") ?>
<?cs else ?><?cs call:table_start(Text.admin.service.inspections) ?><thead><tr><?cs call:column(Text.admin.service.held_on) ?><?cs call:column(Text.admin.service.what) ?><?cs call:column(Text.admin.service.inspector) ?><?cs call:column(Text.admin.service.result) ?><?cs call:column(Text.admin.service.due) ?><?cs call:column(Text.admin.service.followed) ?></tr></thead>
<tbody><?cs each:r = Inspections ?><tr><td><?cs var:r.held_on ?></td><td class="long"><a class="lone" href="<?cs var:Site.base ?>/staff/admin/service/<?cs var:Unit.id ?>/inspection/<?cs var:r.no ?>"><?cs var:r.what ?></a></td><td><?cs var:r.inspector ?></td><td><?cs var:r.result ?></td><td><?cs var:r.due ?><?cs if:r.is_overdue ?> <?cs call:tag(Text.admin.service.is_overdue, "bad") ?><?cs /if ?></td><td><?cs var:r.followed ?></td></tr>
<?cs /each ?></tbody><?cs call:table_end() ?>
<?cs /if ?><p class="pager"><?cs if:?first_url ?><a class="button second" href="<?cs var:Site.base ?><?cs var:first_url ?>"><?cs var:Text.admin.first ?></a> <?cs /if ?><?cs if:?next_url ?><a class="button second" rel="next" href="<?cs var:Site.base ?><?cs var:next_url ?>"><?cs var:Text.admin.next ?></a><?cs /if ?></p>
<?cs if:can_keep ?><p class="buttons"><a class="button second" href="<?cs var:Site.base ?>/staff/admin/service/<?cs var:Unit.id ?>/inspection"><?cs var:Text.admin.service.new_inspection ?></a></p>
<?cs /if ?><?cs call:staff_end() ?>
