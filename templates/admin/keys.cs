<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?><?cs call:saved() ?><?cs call:error_summary() ?><?cs call:back_link("/staff/admin/", Text.admin.title) ?>
<h1><?cs var:Text.admin.key.title ?></h1>
<p><?cs var:Text.admin.key.lead ?></p>
<?cs if:made ?><div class="box ok" role="status"><p><strong><?cs var:Text.admin.key.made ?></strong> <?cs var:made_name ?></p>
<p><code class="words"><?cs var:made ?></code></p>
<p><?cs var:Text.admin.key.once ?></p></div>
<?cs /if ?><?cs if:is_empty ?><?cs call:notice(Text.admin.key.empty, "info") ?><?cs else ?><div class="scroll" role="region" aria-label="<?cs var:Text.admin.key.title ?>" tabindex="0"><table>
<caption class="unseen"><?cs var:Text.admin.key.title ?></caption>
<thead><tr><th scope="col"><?cs var:Text.admin.key.name ?></th><th scope="col"><?cs var:Text.admin.key.rights ?></th><th scope="col"><?cs var:Text.admin.key.source ?></th><th scope="col"><?cs var:Text.admin.key.per_minute ?></th><th scope="col"><?cs var:Text.admin.key.created ?></th><th scope="col"><?cs var:Text.admin.key.used ?></th><th scope="col"><?cs var:Text.admin.key.state ?></th></tr></thead>
<tbody><?cs each:k = Keys ?><tr><th scope="row"><?cs var:k.name ?></th><td><?cs if:k.may_file ?><?cs var:Text.admin.key.may_file ?><br><?cs /if ?><?cs if:k.may_read ?><?cs var:Text.admin.key.may_read ?><?cs /if ?></td><td><?cs var:k.source ?></td><td><?cs var:k.per_minute ?></td><td><?cs var:k.created ?></td><td><?cs if:k.used ?><?cs var:k.used ?><?cs else ?><?cs var:Text.admin.key.never ?><?cs /if ?></td><td><?cs if:k.is_active ?><?cs var:Text.admin.key.is_active ?><?cs else ?><?cs call:tag(Text.admin.key.is_inactive, "warn") ?><?cs /if ?>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/keys/<?cs var:k.id ?>/<?cs if:k.is_active ?>disable<?cs else ?>enable<?cs /if ?>"><?cs call:form_token() ?><?cs call:form_key() ?><button class="button second" type="submit"><?cs if:k.is_active ?><?cs var:Text.admin.key.disable ?><?cs else ?><?cs var:Text.admin.key.enable ?><?cs /if ?><span class="unseen"> <?cs var:k.name ?></span></button></form></td></tr>
<?cs /each ?></tbody></table></div>
<?cs /if ?><h2><?cs var:Text.admin.key.new ?></h2>
<form method="post" action="<?cs var:Site.base ?>/staff/admin/keys" class="narrow">
<?cs call:form_token() ?><?cs call:form_key() ?><?cs call:fields(Fields) ?><button class="button" type="submit"><?cs var:Text.admin.key.make ?></button></form>
<?cs call:staff_end() ?>
