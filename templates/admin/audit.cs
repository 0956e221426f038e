<?cs include!"office.cs" ?><?cs call:office_start() ?>
<h1><?cs var:Text.admin.audit.title ?></h1>
<form class="filters" method="get" action="<?cs var:Site.base ?>/staff/admin/audit">
<?cs call:text_field(Form.who, "who", Text.admin.audit.who, Text.admin.audit.who_hint, "text", "", "off", "middle") ?>
<?cs call:select_field(Form.what, "what", Text.admin.audit.kind, "", Kinds) ?>
<?cs call:button(Text.admin.show) ?></form>
<?cs if:is_empty ?><?cs call:notice(Text.admin.audit.empty, "info") ?>
<?cs else ?><div class="scroll" role="region" aria-label="<?cs var:Text.admin.audit.title ?>" tabindex="0"><table class="even">
<caption class="unseen"><?cs var:Text.admin.audit.title ?></caption>
<thead><tr><th scope="col"><?cs var:Text.admin.audit.at ?></th><th scope="col"><?cs var:Text.admin.audit.who ?></th><th scope="col"><?cs var:Text.admin.audit.kind ?></th><th scope="col"><?cs var:Text.admin.audit.subject ?></th><th scope="col"><?cs var:Text.admin.audit.detail ?></th></tr></thead>
<tbody><?cs each:r = Rows ?><tr><td><?cs call:moment(r.at) ?></td><td><?cs if:r.login ?><?cs var:r.name ?> <span class="hint"><?cs var:r.login ?></span><?cs else ?><?cs var:Text.admin.audit.nobody ?><?cs /if ?></td><td><?cs var:r.what ?></td><td><?cs var:r.about ?></td><td class="long"><?cs var:r.detail ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs /if ?><p class="pager"><?cs if:?first_url ?><a class="button second" href="<?cs var:Site.base ?><?cs var:first_url ?>"><?cs var:Text.admin.first ?></a> <?cs /if ?><?cs if:?next_url ?><a class="button second" rel="next" href="<?cs var:Site.base ?><?cs var:next_url ?>"><?cs var:Text.admin.next ?></a><?cs /if ?></p>
<?cs call:staff_end() ?>
