<?cs include!"staff.cs" ?><?cs #

?><?cs def:filter(name, label, choices) ?><div class="field"><label for="f-<?cs var:name ?>"><?cs var:label ?></label>
<select id="f-<?cs var:name ?>" name="<?cs var:name ?>"><?cs each:c = choices ?><option value="<?cs var:c.value ?>"<?cs if:c.is_checked ?> selected<?cs /if ?>><?cs var:c.label ?></option><?cs /each ?></select></div>
<?cs /def ?><?cs #

?><?cs call:staff_start() ?><?cs call:clock_words() ?>
<div class="bar-top"><h1><?cs var:View.label ?></h1>
<form class="find" method="post" action="<?cs var:Site.base ?>/staff/ticket/find"><?cs call:form_token() ?>
<label for="f-q"><?cs var:Text.staff.queue.find ?></label>
<?cs if:Find.error ?><p class="error" id="e-q" role="alert"><?cs var:Find.error ?></p><?cs /if ?>
<div><input id="f-q" name="q" type="text" value="<?cs var:Find.value ?>" autocomplete="off"<?cs if:Find.error ?> aria-invalid="true" aria-describedby="e-q"<?cs /if ?>><button class="button" type="submit"><?cs var:Text.staff.queue.find_button ?></button></div></form></div>
<nav class="views" id="views" aria-label="<?cs var:Text.staff.queue.views ?>"><ul><?cs each:v = Views ?><li><a id="v-<?cs var:v.name ?>" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:v.url ?>"<?cs if:v.is_current ?> aria-current="page"<?cs /if ?>><?cs var:v.label ?><?cs if:?v.count ?> <b><?cs var:v.count ?></b><?cs /if ?></a></li>
<?cs /each ?></ul></nav>
<details class="filters"<?cs if:has_filter ?> open<?cs /if ?>><summary><?cs var:Text.staff.queue.filter ?></summary>
<form method="get" action="<?cs var:Site.base ?>/staff/ticket/"><input type="hidden" name="view" value="<?cs var:View.name ?>"><?cs if:View.name == "phone" ?><input type="hidden" name="phone" value="<?cs var:View.phone ?>"><?cs /if ?>
<?cs if:!is_unit_view ?><?cs call:filter("unit", Text.staff.field.unit, UnitChoices) ?><?cs /if ?><?cs call:filter("category", Text.staff.field.category, CategoryChoices) ?><?cs call:filter("zone", Text.staff.field.zone, ZoneChoices) ?><?cs call:filter("state", Text.staff.field.state, StateChoices) ?>
<p><button class="button" type="submit"><?cs var:Text.staff.queue.apply ?></button> <a class="lone" href="<?cs var:Site.base ?>/staff/ticket/?view=<?cs var:url_escape(View.name) ?>"><?cs var:Text.staff.queue.clear ?></a></p></form></details>
<div class="live"><p id="status" role="status" data-changed="<?cs var:Text.staff.live.changed ?>" data-fresh="<?cs var:Text.staff.live.fresh ?>" data-lost="<?cs var:Text.staff.live.lost ?>" data-paused="<?cs var:Text.staff.live.paused ?>"></p>
<button id="pause" type="button" class="button second" hidden data-pause="<?cs var:Text.staff.live.pause ?>" data-go="<?cs var:Text.staff.live.go ?>"><?cs var:Text.staff.live.pause ?></button>
<button id="show-keys" type="button" class="button second" hidden><?cs var:Text.staff.keys.title ?></button></div>
<div id="list">
<?cs if:is_empty ?><p class="box info"><?cs var:Text.staff.queue.empty ?> <a href="<?cs var:Site.base ?>/staff/ticket/?view=all"><?cs var:Text.staff.queue.to_all ?></a></p>
<?cs else ?><div class="scroll" role="region" aria-label="<?cs var:View.label ?>" tabindex="0"><table class="queue">
<caption class="unseen"><?cs var:View.label ?></caption>
<thead><tr><th scope="col"><?cs var:Text.staff.queue.number ?></th><th scope="col"><?cs var:Text.staff.queue.due ?></th><th scope="col"><?cs var:Text.staff.field.category ?></th><th scope="col"><?cs var:Text.staff.field.place ?></th><th scope="col"><?cs var:Text.staff.field.unit ?></th><th scope="col"><?cs var:Text.staff.field.state ?></th><th scope="col"><?cs var:Text.staff.queue.reported ?></th></tr></thead>
<tbody><?cs each:r = Rows ?><tr data-version="<?cs var:r.version ?>"><th scope="row"><a class="no" id="t-<?cs var:r.number ?>" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:r.number ?>"><?cs var:r.number_text ?></a></th>
<td><?cs if:?r.due.ms ?><?cs call:countdown(r.due) ?><br><span class="small"><?cs var:r.kind ?> <?cs var:r.due.at ?></span><?cs else ?>–<?cs /if ?></td>
<td><?cs var:r.category ?><?cs if:r.grades ?><br><?cs call:tag(r.grades, "bad") ?><?cs /if ?></td>
<td><?cs var:r.place ?></td><td><?cs var:r.unit ?></td>
<td><?cs var:r.state ?><?cs if:r.is_waiting_ops ?><br><?cs call:tag(Text.staff.queue.waits, "warn") ?><?cs /if ?><?cs if:r.is_escalated ?><br><?cs call:tag(Text.staff.queue.escalated, "bad") ?><?cs /if ?><?cs if:?r.urges ?><br><span class="small"><?cs var:Text.staff.queue.urged ?> <?cs var:r.urges ?></span><?cs /if ?><?cs if:r.is_repeat ?><br><span class="small"><?cs var:Text.staff.queue.repeat ?></span><?cs /if ?></td>
<td><?cs call:moment(r.reported) ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs /if ?><p class="pager"><?cs if:?first_url ?><a class="button second" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:first_url ?>"><?cs var:Text.staff.queue.first ?></a> <?cs /if ?><?cs if:?next_url ?><a class="button second" rel="next" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:next_url ?>"><?cs var:Text.staff.queue.next ?></a><?cs /if ?></p>
</div>
<?cs call:key_help() ?><?cs call:staff_end() ?>
