<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?><?cs call:saved() ?><?cs call:conflict() ?><?cs call:error_summary() ?><?cs call:back_link("/staff/admin/", Text.admin.title) ?>
<h1><?cs var:Text.admin.policy.title ?></h1>
<p><?cs var:Text.admin.policy.lead ?></p>
<?cs each:p = Policies ?><section class="promise"><h2><?cs var:p.title ?></h2>
<p><strong><?cs var:p.value ?> <?cs var:p.unit ?></strong><?cs if:p.is_changed ?> <?cs call:tag(Text.admin.policy.changed, "info") ?><?cs /if ?></p>
<p><?cs var:p.about ?></p>
<p class="small"><?cs var:p.range ?> · <?cs var:Text.admin.policy.usual ?> <?cs var:p.usual ?><?cs if:?p.changed.iso ?> · <?cs var:Text.admin.policy.by ?> <?cs var:p.changed_by ?> <?cs call:moment(p.changed) ?><?cs /if ?></p>
<?cs if:may_keep ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/policies/<?cs var:url_escape(p.name) ?>"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="seen" value="<?cs var:p.seen ?>">
<div class="field<?cs if:p.error ?> wrong<?cs /if ?>"><label for="f-<?cs var:p.name ?>"><?cs var:Text.admin.policy.new_value ?><span class="unseen"> <?cs var:p.title ?></span></label>
<?cs if:p.error ?><p class="error" id="e-<?cs var:p.name ?>"><?cs var:p.error ?></p>
<?cs /if ?><input class="short" type="text" id="f-<?cs var:p.name ?>" name="value" value="<?cs var:p.typed ?>"<?cs if:p.error ?> aria-invalid="true" aria-describedby="e-<?cs var:p.name ?>"<?cs /if ?>>
<button class="button second" type="submit"><?cs var:Text.admin.save ?><span class="unseen"> <?cs var:p.title ?></span></button></div></form>
<?cs /if ?></section>
<?cs /each ?><?cs call:staff_end() ?>
