<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?>
<h1><?cs var:Text.admin.rules.preview ?></h1>
<p><?cs if:matter ?><?cs var:matter ?> · <?cs /if ?><?cs var:kind ?><?cs if:matter_code ?> <span class="no"><?cs var:matter_code ?></span><?cs /if ?></p>
<h2><?cs var:Text.admin.rules.edits ?></h2>
<div class="scroll" role="region" aria-label="<?cs var:Text.admin.rules.edits ?>" tabindex="0"><table>
<caption class="unseen"><?cs var:Text.admin.rules.edits ?></caption>
<thead><tr><th scope="col"><?cs var:Text.admin.rules.promise ?></th><th scope="col"><?cs var:Text.admin.rules.cases ?></th><th scope="col"><?cs var:Text.admin.rules.before ?></th><th scope="col"><?cs var:Text.admin.rules.after ?></th></tr></thead>
<tbody><?cs each:e = Edits ?><tr><th scope="row"><?cs var:e.name ?></th><td><?cs var:e.scope ?></td><td><?cs var:e.before ?></td><td><strong><?cs var:e.after ?></strong></td></tr>
<?cs /each ?></tbody></table></div>
<?cs call:changes() ?><p><?cs var:Text.admin.why ?>: <?cs var:why ?></p>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/limits/<?cs var:url_escape(set) ?>/change">
<?cs call:form_token() ?><?cs call:form_key() ?><?cs call:hidden_fields() ?><?cs call:step_button("save", Text.admin.rules.save) ?><?cs call:step_second("edit", Text.admin.rules.edit_again) ?></form>
<?cs call:staff_end() ?>
