<?cs include!"admin/rule_macros.cs" ?><?cs call:staff_start() ?><?cs call:saved() ?><?cs call:conflict() ?><?cs call:error_summary() ?>
<?cs call:back_link("/staff/admin/rules", Text.admin.rules.title) ?>
<h1><?cs var:Matter.name ?></h1>
<p><?cs call:dates(Matter) ?></p>
<?cs if:may_change ?><p><a class="button" href="<?cs var:Site.base ?>/staff/admin/matters/<?cs var:url_escape(Matter.code) ?>/change"><?cs var:Text.admin.matter.change ?></a>
<a class="button second" href="<?cs var:Site.base ?>/staff/admin/matters/<?cs var:url_escape(Matter.code) ?>/end"><?cs var:Text.admin.matter.end ?></a></p>
<?cs /if ?><?cs if:may_withdraw || may_reopen ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/matters/<?cs var:url_escape(Matter.code) ?>/withdraw"><?cs call:form_token() ?><?cs call:form_key() ?><input type="hidden" name="seen" value="<?cs var:Matter.id ?>">
<?cs if:may_reopen ?><?cs call:button_second(Text.admin.matter.reopen) ?><?cs else ?><?cs call:button_second(Text.admin.rules.withdraw) ?><?cs /if ?></form>
<?cs /if ?><dl class="rows">
<?cs call:row(Text.admin.rules.article, Matter.article) ?><?cs call:row(Text.admin.matter.group, Matter.group) ?><?cs call:row(Text.admin.matter.nature, Matter.nature) ?><?cs call:row(Text.admin.matter.cap_short, Matter.cap) ?><?cs call:row(Text.admin.matter.phone, Matter.phone) ?><?cs call:row(Text.admin.matter.formalities, Matter.formalities) ?><?cs call:row(Text.admin.matter.asks_limit, Matter.asks_limit) ?><?cs call:row(Text.admin.sort, Matter.sort) ?><?cs call:row(Text.admin.matter.code, Matter.code) ?></dl>
<h2><?cs var:Text.admin.matter.kinds ?></h2>
<div class="scroll" role="region" aria-label="<?cs var:Text.admin.matter.kinds ?>" tabindex="0"><table>
<caption class="unseen"><?cs var:Text.admin.matter.kinds ?></caption>
<thead><tr><th scope="col"><?cs var:Text.admin.rules.promise ?></th><th scope="col"><?cs var:Text.admin.rules.limit ?></th><th scope="col"><?cs var:Text.admin.matter.whose ?></th></tr></thead>
<tbody><?cs each:k = Kinds ?><tr><th scope="row"><a href="<?cs var:Site.base ?>/staff/admin/limits/<?cs var:url_escape(k.set) ?>"><?cs var:k.kind ?></a></th><td><ul><?cs each:r = k.Rules ?><li><?cs var:r.limit ?><?cs if:r.scope ?> · <?cs var:r.scope ?><?cs /if ?><?cs if:r.is_planned ?> <?cs call:dates(r) ?><?cs /if ?></li>
<?cs /each ?></ul><?cs if:k.has_plan ?><?cs call:tag(Text.admin.rules.has_plan, "info") ?><?cs /if ?></td><td><?cs if:k.is_own ?><?cs var:Text.admin.matter.own ?><?cs else ?><?cs var:Text.admin.matter.general ?><?cs /if ?></td></tr>
<?cs /each ?></tbody></table></div>
<h2><?cs var:Text.admin.route.title ?></h2>
<p><?cs var:Text.admin.route.lead ?></p>
<?cs if:may_keep ?><form method="post" action="<?cs var:Site.base ?>/staff/admin/matters/<?cs var:url_escape(Matter.code) ?>/routes" class="narrow"><?cs call:form_token() ?><?cs call:form_key() ?><?cs each:s = Seen ?><input type="hidden" name="<?cs var:s.name ?>" value="<?cs var:s.value ?>">
<?cs /each ?><?cs call:fields(Routes) ?><?cs call:button(Text.admin.save) ?></form>
<?cs else ?><dl class="rows"><?cs each:r = RouteRows ?><?cs call:row(r.zone, r.unit) ?><?cs /each ?></dl>
<?cs /if ?><?cs if:has_versions ?><h2><?cs var:Text.admin.matter.versions ?></h2>
<ul><?cs each:v = Versions ?><li><?cs var:v.name ?> · <?cs var:Text.admin.rules.article ?> <?cs var:v.article ?> · <?cs var:Text.admin.matter.cap_short ?> <?cs var:v.cap ?> · <?cs call:dates(v) ?></li>
<?cs /each ?></ul>
<?cs /if ?><?cs call:staff_end() ?>
