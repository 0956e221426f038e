<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?>
<h1><?cs var:Text.admin.rules.preview ?></h1>
<p><?cs var:name ?></p>
<div class="scroll" role="region" aria-label="<?cs var:Text.admin.ladder.steps ?>" tabindex="0"><table>
<caption><?cs var:Text.admin.ladder.preview_caption ?></caption>
<thead><tr><th scope="col"><?cs var:Text.admin.ladder.steps ?></th><th scope="col"><?cs var:Text.admin.ladder.who ?></th><th scope="col"><?cs var:Text.admin.ladder.says_title ?></th><?cs each:l = Limits ?><th scope="col"><?cs var:Text.admin.ladder.of ?> <?cs var:l.text ?></th><?cs /each ?></tr></thead>
<tbody><?cs each:s = Steps ?><tr><th scope="row"><?cs var:s.when ?></th><td><?cs var:s.who ?></td><td><?cs var:s.notice ?></td><?cs each:m = s.Moments ?><td><?cs var:m.text ?></td><?cs /each ?></tr>
<?cs /each ?></tbody></table></div>
<h2><?cs var:Text.admin.ladder.old ?></h2>
<ul><?cs each:s = Old ?><li><?cs var:s.when ?>: <?cs var:s.who ?></li>
<?cs /each ?></ul>
<p class="box info"><?cs var:Text.admin.ladder.running ?></p>
<p><?cs var:Text.admin.why ?>: <?cs var:why ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/ladder/<?cs var:url_escape(kind) ?>">
<?cs call:form_token() ?><?cs call:form_key() ?><?cs call:hidden_fields() ?><?cs call:step_button("save", Text.admin.rules.save) ?><?cs call:step_second("edit", Text.admin.rules.edit_again) ?></form>
<?cs call:staff_end() ?>
