<?cs include!"admin/rule_macros.cs" ?><?cs #

a table of matters ?><?cs def:matters(list, caption) ?><div class="scroll" role="region" aria-label="<?cs var:caption ?>" tabindex="0"><table>
<caption class="unseen"><?cs var:caption ?></caption>
<thead><tr><th scope="col"><?cs var:Text.admin.rules.matter ?></th><th scope="col"><?cs var:Text.admin.rules.article ?></th><th scope="col"><?cs var:Text.admin.matter.group ?></th><th scope="col"><?cs var:Text.kind.finish ?></th><th scope="col"><?cs var:Text.admin.rules.in_force ?></th></tr></thead>
<tbody><?cs each:m = list ?><tr><th scope="row"><a href="<?cs var:Site.base ?>/staff/admin/matters/<?cs var:url_escape(m.code) ?>"><?cs var:m.name ?></a></th><td><?cs var:m.article ?></td><td><?cs var:m.group ?></td><td><?cs var:m.limits ?><?cs if:m.has_plan ?> <?cs call:tag(Text.admin.rules.has_plan, "info") ?><?cs /if ?></td><td><?cs call:dates(m) ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs /def ?><?cs #

?><?cs call:staff_start() ?><?cs call:back_link("/staff/admin/", Text.admin.title) ?>
<h1><?cs var:Text.admin.rules.title ?></h1>
<p><?cs var:Text.admin.rules.lead ?></p>
<?cs if:may_keep ?><p><a class="button second" href="<?cs var:Site.base ?>/staff/admin/matters/new"><?cs var:Text.admin.matter.new ?></a></p>
<?cs /if ?><?cs if:?Planned.0.code ?><h2><?cs var:Text.admin.rules.planned_matters ?></h2>
<?cs call:matters(Planned, Text.admin.rules.planned_matters) ?><?cs /if ?><h2><?cs var:Text.admin.rules.matters ?></h2>
<?cs call:matters(Matters, Text.admin.rules.matters) ?><h2><?cs var:Text.admin.rules.general ?></h2>
<p><?cs var:Text.admin.rules.general_lead ?></p>
<div class="scroll" role="region" aria-label="<?cs var:Text.admin.rules.general ?>" tabindex="0"><table>
<caption class="unseen"><?cs var:Text.admin.rules.general ?></caption>
<thead><tr><th scope="col"><?cs var:Text.admin.rules.promise ?></th><th scope="col"><?cs var:Text.admin.rules.limit ?></th></tr></thead>
<tbody><?cs each:g = General ?><tr><th scope="row"><a href="<?cs var:Site.base ?>/staff/admin/limits/<?cs var:url_escape(g.set) ?>"><?cs var:g.kind ?></a></th><td><?cs var:g.limits ?><?cs if:g.has_plan ?> <?cs call:tag(Text.admin.rules.has_plan, "info") ?><?cs /if ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs if:?Past.0.code ?><h2><?cs var:Text.admin.rules.past_matters ?></h2>
<?cs call:matters(Past, Text.admin.rules.past_matters) ?><?cs /if ?><?cs call:staff_end() ?>
