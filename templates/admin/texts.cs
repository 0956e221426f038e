<?cs include!"admin/rule_macros.cs" ?><?cs #

?><?cs def:texts(list, caption) ?><div class="scroll" role="region" aria-label="<?cs var:caption ?>" tabindex="0"><table>
<caption class="unseen"><?cs var:caption ?></caption>
<thead><tr><th scope="col"><?cs var:Text.admin.text.name ?></th><th scope="col"><?cs var:Text.admin.rules.in_force ?></th><th scope="col"><?cs var:Text.admin.text.changed ?></th></tr></thead>
<tbody><?cs each:t = list ?><tr><th scope="row"><a href="<?cs var:Site.base ?>/staff/admin/texts/<?cs var:url_escape(t.code) ?>"><?cs var:t.title ?></a></th><td><?cs if:t.is_gone ?><?cs call:tag(Text.admin.text.is_gone, "warn") ?> <?cs /if ?><?cs if:t.is_planned ?><?cs call:tag(Text.admin.rules.planned, "info") ?> <?cs /if ?><?cs var:Text.admin.rules.since ?> <?cs call:moment(t.from) ?></td><td><?cs var:t.changed_by ?> <?cs call:moment(t.changed) ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs /def ?><?cs #

?><?cs def:if_any(list, caption) ?><?cs if:?list.0.code ?><?cs call:texts(list, caption) ?><?cs else ?><p><?cs var:Text.admin.text.no_notices ?></p>
<?cs /if ?><?cs /def ?><?cs #

?><?cs call:staff_start() ?><?cs call:back_link("/staff/admin/", Text.admin.title) ?>
<h1><?cs var:Text.admin.text.title ?></h1>
<p><?cs var:Text.admin.text.lead ?></p>
<?cs if:may_keep ?><p><a class="button second" href="<?cs var:Site.base ?>/staff/admin/texts/new"><?cs var:Text.admin.text.new ?></a></p>
<?cs /if ?><h2><?cs var:Text.text_kind.outage ?></h2>
<p><?cs var:Text.outage.old_texts ?> <a href="<?cs var:Site.base ?>/staff/supply/"><?cs var:Text.outage.staff.title ?></a></p>
<?cs call:if_any(Outages, Text.text_kind.outage) ?><h2><?cs var:Text.text_kind.procedure ?></h2>
<?cs call:texts(Procedures, Text.text_kind.procedure) ?><h2><?cs var:Text.text_kind.explanation ?></h2>
<?cs call:texts(Explanations, Text.text_kind.explanation) ?><?cs call:staff_end() ?>
