<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?><?cs call:saved() ?><?cs call:back_link("/staff/admin/", Text.admin.title) ?>
<h1><?cs var:Text.admin.canned.title ?></h1>
<p><?cs var:Text.admin.canned.lead ?></p>
<?cs if:is_full ?><?cs call:notice(Text.admin.canned.error.too_many, "warn") ?><?cs else ?><p><a class="button" href="<?cs var:Site.base ?>/staff/admin/canned/new"><?cs var:Text.admin.canned.new ?></a></p>
<?cs /if ?><?cs if:is_empty ?><?cs call:notice(Text.admin.canned.empty, "info") ?><?cs else ?><div class="scroll" role="region" aria-label="<?cs var:Text.admin.canned.title ?>" tabindex="0"><table>
<caption class="unseen"><?cs var:Text.admin.canned.title ?></caption>
<thead><tr><th scope="col"><?cs var:Text.admin.canned.name ?></th><th scope="col"><?cs var:Text.admin.canned.words ?></th><th scope="col"><?cs var:Text.admin.canned.action ?></th><th scope="col"><?cs var:Text.admin.canned.unit ?></th><th scope="col"><?cs var:Text.admin.sort ?></th><th scope="col"><?cs var:Text.admin.canned.state ?></th></tr></thead>
<tbody><?cs each:a = Answers ?><tr><th scope="row"><a href="<?cs var:Site.base ?>/staff/admin/canned/<?cs var:a.id ?>"><?cs var:a.title ?></a></th><td class="long words"><?cs var:a.words ?></td><td><?cs var:a.action ?></td><td><?cs var:a.unit ?></td><td><?cs var:a.sort ?></td><td><?cs if:a.is_active ?><?cs var:Text.admin.canned.is_active ?><?cs else ?><?cs call:tag(Text.admin.canned.is_inactive, "warn") ?><?cs /if ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs /if ?><?cs call:staff_end() ?>
