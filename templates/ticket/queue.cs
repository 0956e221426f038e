<?cs include!"staff.cs" ?><?cs #

?><?cs def:filter(name, label, choices) ?><div class="field"><label for="f-<?cs var:name ?>"><?cs var:label ?></label>
<select id="f-<?cs var:name ?>" name="<?cs var:name ?>"><?cs each:c = choices ?><option value="<?cs var:c.value ?>"<?cs if:c.is_checked ?> selected<?cs /if ?>><?cs var:c.label ?></option><?cs /each ?></select></div>
<?cs /def ?><?cs #

?><?cs def:filter_text(f, name, label, hint) ?><div class="field<?cs if:f.error ?> wrong<?cs /if ?>"><label for="f-<?cs var:name ?>"><?cs var:label ?></label>
<?cs if:hint ?><p class="hint" id="h-<?cs var:name ?>"><?cs var:hint ?></p>
<?cs /if ?><?cs if:f.error ?><p class="error" id="e-<?cs var:name ?>"><?cs var:f.error ?></p>
<?cs /if ?><input id="f-<?cs var:name ?>" name="<?cs var:name ?>" type="text" value="<?cs var:f.value ?>" autocomplete="off"<?cs call:described(f, name, hint) ?>></div>
<?cs /def ?><?cs #

what a form keeps of the list ?><?cs def:list_shape() ?><input type="hidden" name="view" value="<?cs var:View.name ?>"><input type="hidden" name="sort" value="<?cs var:View.sort ?>"><input type="hidden" name="rows" value="<?cs var:View.rows ?>"><?cs if:Filter.held ?><input type="hidden" name="held" value="<?cs var:Filter.held ?>"><?cs /if ?>
<?cs /def ?><?cs #

?><?cs call:staff_start() ?><?cs call:clock_words() ?>
<div class="bar-top"><h1><?cs var:View.label ?></h1>
<?cs if:has_desk ?><form class="find" method="post" action="<?cs var:Site.base ?>/staff/ticket/find"><?cs call:form_token() ?><?cs call:list_shape() ?>
<label for="f-q"><?cs var:Text.desk.filter.box ?></label>
<?cs if:Filter.error ?><p class="error" id="e-q" role="alert"><?cs var:Filter.error ?></p><?cs /if ?>
<div><input id="f-q" name="q" type="text" value="<?cs var:Filter.line ?>" autocomplete="off"<?cs if:Filter.error ?> aria-invalid="true" aria-describedby="e-q h-q"<?cs else ?> aria-describedby="h-q"<?cs /if ?>><button class="button" type="submit"><?cs var:Text.desk.filter.button ?></button></div>
<p class="hint" id="h-q"><?cs var:Text.desk.filter.box_hint ?></p></form><?cs /if ?></div>
<nav class="views" id="views" aria-label="<?cs var:Text.staff.queue.views ?>"<?cs if:?Bell.newest ?> data-bell="<?cs var:Bell.newest ?>" data-count="<?cs var:Bell.count ?>" data-words="<?cs var:Bell.words ?>" data-reminder="<?cs var:Bell.reminder ?>" data-reminder-words="<?cs var:Bell.reminder_words ?>"<?cs /if ?>><ul><?cs each:v = Views ?><li><a id="v-<?cs var:v.name ?>" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:v.url ?>"<?cs if:v.is_current ?> aria-current="page"<?cs /if ?>><?cs var:v.label ?> <b><?cs var:v.count ?></b></a></li>
<?cs /each ?></ul></nav>
<?cs if:?Conditions.0.url ?><div class="conditions"><h2><?cs var:Text.desk.filter.conditions ?></h2><ul><?cs each:c = Conditions ?><li><a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:c.url ?>"><?cs var:c.label ?> <span class="unseen"><?cs var:Text.desk.filter.remove ?></span><span aria-hidden="true">×</span></a></li>
<?cs /each ?></ul><a class="lone" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:clear_url ?>"><?cs var:Text.staff.queue.clear ?></a></div>
<?cs /if ?><?cs if:has_desk ?><details class="filters"<?cs if:is_form_wrong ?> open<?cs /if ?>><summary><?cs var:Text.staff.queue.filter ?></summary>
<form method="post" action="<?cs var:Site.base ?>/staff/ticket/filter"><?cs call:form_token() ?><?cs call:list_shape() ?>
<?cs call:filter_text(Filter.words, "words", Text.desk.filter.words, Text.desk.filter.words_hint) ?><?cs call:filter("state", Text.staff.field.state, StateChoices) ?><?cs call:filter("due", Text.desk.filter.key.due, DueChoices) ?><?cs call:filter("category", Text.staff.field.category, CategoryChoices) ?><?cs call:filter("unit", Text.staff.field.unit, UnitChoices) ?><?cs call:filter("zone", Text.staff.field.zone, ZoneChoices) ?><?cs call:filter("grade", Text.staff.field.grades, GradeChoices) ?><?cs call:filter("source", Text.staff.field.source, SourceChoices) ?><?cs call:filter("nature", Text.staff.field.nature, NatureChoices) ?><?cs call:filter_text(Filter.phone, "phone", Text.staff.new.phone, Text.desk.filter.phone_hint) ?><?cs call:filter_text(Filter.account, "account", Text.staff.new.account, "") ?><?cs call:filter_text(Filter.number, "number", Text.staff.queue.number, "") ?>
<div class="field"><div class="choice"><input type="checkbox" name="scope" value="1" id="f-scope"<?cs if:Filter.is_all_years ?> checked<?cs /if ?>><label for="f-scope"><?cs var:Text.desk.filter.scope ?></label></div></div>
<p><button class="button" type="submit"><?cs var:Text.staff.queue.apply ?></button></p></form></details>
<?cs /if ?><?cs if:?search_all_url ?><p><?cs var:Text.desk.filter.search_all ?> <a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:search_all_url ?>"><?cs var:Text.desk.filter.search_all_link ?></a></p><?cs elif:?search_years_url ?><p><?cs var:Text.desk.filter.search_years ?> <a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:search_years_url ?>"><?cs var:Text.desk.filter.search_years_link ?></a></p><?cs /if ?>
<div class="live"><?cs if:may_dispatch ?><form id="bulk" method="get" action="<?cs var:Site.base ?>/staff/ticket/bulk"><input type="hidden" name="from" value="<?cs var:List.address ?>"><button class="button second" type="submit"><?cs var:Text.desk.bulk.open ?></button></form>
<?cs /if ?><p id="status" role="status" data-changed="<?cs var:Text.desk.live.changed ?>" data-fresh="<?cs var:Text.staff.live.fresh ?>" data-lost="<?cs var:Text.staff.live.lost ?>" data-paused="<?cs var:Text.staff.live.paused ?>"></p>
<a class="lone" id="reload" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:List.url ?>"><?cs var:Text.desk.live.reload ?></a><?cs if:Actor.role.ops || Actor.role.operator || Actor.role.group_leader ?>
<a class="lone" id="wall" href="<?cs var:Site.base ?>/staff/ticket/wall"><?cs var:Text.desk.wall.title ?></a><?cs /if ?>
<?cs if:?Bell.newest ?><button id="bell" type="button" class="button second" hidden data-on="<?cs var:Text.desk.bell.on ?>" data-off="<?cs var:Text.desk.bell.off ?>"><?cs var:Text.desk.bell.off ?></button>
<?cs /if ?><?cs if:!is_wrong ?><button id="pause" type="button" class="button second" hidden data-pause="<?cs var:Text.staff.live.pause ?>" data-go="<?cs var:Text.staff.live.go ?>"><?cs var:Text.staff.live.pause ?></button>
<?cs /if ?><button id="show-keys" type="button" class="button second" hidden><?cs var:Text.staff.keys.title ?></button></div>
<div id="list" data-etag="<?cs var:etag ?>">
<?cs if:is_empty ?><p class="box info"><?cs var:empty ?><?cs if:has_desk ?> <a href="<?cs var:Site.base ?>/staff/ticket/?view=all"><?cs var:Text.staff.queue.to_all ?></a><?cs /if ?></p>
<?cs else ?><div class="scroll" role="region" aria-label="<?cs var:View.label ?>" tabindex="0"><table class="queue">
<caption><span class="unseen"><?cs var:View.label ?></span> <?cs var:range ?></caption>
<thead><tr><?cs if:may_dispatch ?><th scope="col"><?cs var:Text.desk.bulk.pick ?></th><?cs /if ?><th scope="col"><?cs var:Text.staff.queue.number ?></th><th scope="col"<?cs if:is_by_due ?> aria-sort="ascending"<?cs /if ?>><?cs if:?by_due_url ?><a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:by_due_url ?>"><?cs var:Text.staff.queue.due ?><span class="unseen"> <?cs var:Text.desk.page.by_due ?></span></a><?cs else ?><?cs var:Text.staff.queue.due ?><?cs /if ?></th><th scope="col"><?cs var:Text.staff.field.category ?></th><th scope="col"><?cs var:Text.staff.field.place ?></th><th scope="col"><?cs var:Text.staff.field.unit ?></th><th scope="col"><?cs var:Text.staff.field.state ?></th><th scope="col"<?cs if:!is_by_due ?> aria-sort="descending"<?cs /if ?>><?cs if:?by_newest_url ?><a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:by_newest_url ?>"><?cs var:Text.staff.queue.reported ?><span class="unseen"> <?cs var:Text.desk.page.by_newest ?></span></a><?cs else ?><?cs var:Text.staff.queue.reported ?><?cs /if ?></th></tr></thead>
<tbody><?cs each:r = Rows ?><tr id="r-<?cs var:r.number ?>" data-version="<?cs var:r.version ?>"><?cs if:may_dispatch ?><td><?cs if:r.may_dispatch ?><div class="choice"><input type="checkbox" name="t" value="<?cs var:r.number ?>" id="x-<?cs var:r.number ?>" form="bulk"><label for="x-<?cs var:r.number ?>"><span class="unseen"><?cs var:Text.desk.bulk.pick ?> <?cs var:r.number_text ?></span></label></div><?cs /if ?></td><?cs /if ?><th scope="row"><a class="no" id="t-<?cs var:r.number ?>" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:r.number ?>?from=<?cs var:List.from ?>"><?cs var:r.number_text ?></a></th>
<td><?cs if:?r.due.ms ?><?cs call:countdown(r.due) ?><br><span class="small"><?cs var:r.kind ?> <?cs var:r.due.at ?></span><?cs else ?>–<?cs /if ?><?cs if:?r.granted.ms ?><br><span class="small"><?cs call:both_dues(r) ?></span><?cs /if ?></td>
<td><?cs var:r.category ?><?cs if:r.grades ?><br><?cs call:tag(r.grades, "bad") ?><?cs /if ?></td>
<td class="place"><?cs var:r.place ?></td><td><?cs var:r.unit ?></td>
<td><?cs var:r.state ?><?cs if:r.is_waiting_ops ?><br><?cs call:tag(Text.staff.queue.waits, "warn") ?><?cs /if ?><?cs if:r.is_escalated ?><br><?cs call:tag(Text.staff.queue.escalated, "bad") ?><?cs /if ?><?cs if:r.is_escalated_in_unit ?><br><?cs call:tag(Text.staff.queue.escalated_in_unit, "warn") ?><?cs /if ?><?cs if:?r.urges ?><br><span class="small"><?cs var:Text.staff.queue.urged ?> <?cs var:r.urges ?></span><?cs /if ?><?cs if:r.is_repeat ?><br><span class="small"><?cs var:Text.staff.queue.repeat ?></span><?cs /if ?></td>
<td><?cs call:moment(r.reported) ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs /if ?><?cs if:?go_on_url ?><p class="box info"><?cs var:Text.desk.page.cut ?> <a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:go_on_url ?>"><?cs var:Text.desk.page.go_on ?></a></p><?cs /if ?>
<div class="pager"><p><?cs if:?first_url ?><a class="button second" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:first_url ?>"><?cs var:Text.staff.queue.first ?></a> <?cs /if ?><?cs if:?prev_url ?><a class="button second" rel="prev" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:prev_url ?>"><?cs var:Text.desk.page.prev ?></a> <?cs /if ?><?cs if:?next_url ?><a class="button second" rel="next" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:next_url ?>"><?cs var:Text.staff.queue.next ?></a><?cs /if ?></p>
<nav class="sizes" aria-label="<?cs var:Text.desk.page.sizes ?>"><?cs var:Text.desk.page.sizes ?><?cs each:s = Sizes ?> <a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:s.url ?>"<?cs if:s.is_current ?> aria-current="true"<?cs /if ?>><?cs var:s.size ?></a><?cs /each ?></nav></div>
</div>
<?cs if:has_desk ?><?cs if:!is_empty ?><?cs if:!is_wrong ?><p class="take-away"><?cs var:Text.desk.export.title ?> <a class="lone" href="<?cs var:Site.base ?>/staff/ticket/list.csv<?cs var:List.url ?>"><?cs var:Text.desk.export.csv ?></a> <a class="lone" href="<?cs var:Site.base ?>/staff/ticket/list.xlsx<?cs var:List.url ?>"><?cs var:Text.desk.export.xlsx ?></a></p>
<?cs /if ?><?cs /if ?><?cs /if ?><?cs call:key_help() ?><?cs call:staff_end() ?>
