<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?><?cs call:back_link("/staff/admin/", Text.admin.title) ?>
<h1><?cs var:Text.admin.ladder.title ?></h1>
<p><?cs var:Text.admin.ladder.lead ?></p>
<div class="scroll" role="region" aria-label="<?cs var:Text.admin.ladder.title ?>" tabindex="0"><table>
<caption class="unseen"><?cs var:Text.admin.ladder.title ?></caption>
<thead><tr><th scope="col"><?cs var:Text.admin.rules.promise ?></th><th scope="col"><?cs var:Text.admin.ladder.steps ?></th></tr></thead>
<tbody><?cs each:k = Kinds ?><tr><th scope="row"><a href="<?cs var:Site.base ?>/staff/admin/ladder/<?cs var:url_escape(k.name) ?>"><?cs var:k.kind ?></a></th><td><ul><?cs each:s = k.Steps ?><li><?cs var:s.when ?>: <?cs var:s.who ?></li>
<?cs /each ?></ul></td></tr>
<?cs /each ?></tbody></table></div>
<?cs call:staff_end() ?>
