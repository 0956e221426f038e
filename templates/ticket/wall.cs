<?cs include!"staff.cs" ?><?cs #

?><?cs def:oldest(row, label) ?><?cs if:?row.number ?><div><dt><?cs var:label ?></dt><dd><a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:row.number ?>"><?cs var:row.number_text ?></a> <?cs var:row.place ?> <span><?cs var:Text.desk.wall.reported ?> <?cs call:moment(row.reported) ?></span></dd></div>
<?cs /if ?><?cs /def ?><?cs #

?><?cs call:staff_start() ?><?cs call:clock_words() ?>
<div class="bar-top"><h1><?cs var:Text.desk.wall.title ?></h1>
<div class="live"><p id="status" role="status" data-changed="<?cs var:Text.desk.live.changed ?>" data-fresh="<?cs var:Text.staff.live.fresh ?>" data-lost="<?cs var:Text.staff.live.lost ?>" data-paused="<?cs var:Text.staff.live.paused ?>"></p>
<a class="lone" id="reload" href="<?cs var:Site.base ?>/staff/ticket/wall"><?cs var:Text.desk.live.reload ?></a>
<button id="pause" type="button" class="button second" hidden data-pause="<?cs var:Text.staff.live.pause ?>" data-go="<?cs var:Text.staff.live.go ?>"><?cs var:Text.staff.live.pause ?></button></div></div>
<div id="list" class="wall" data-etag="<?cs var:etag ?>" data-whole="1">
<ul class="numbers" aria-label="<?cs var:Text.desk.wall.numbers ?>"><?cs each:n = Numbers ?><li<?cs if:n.is_some ?> class="some <?cs var:n.view ?>"<?cs /if ?>><a href="<?cs var:Site.base ?>/staff/ticket/?view=<?cs var:n.view ?>"><?cs var:n.label ?> <b id="w-<?cs var:n.view ?>"><?cs var:n.count ?></b></a></li>
<?cs /each ?><li class="today"><p><?cs var:Text.desk.wall.today ?> <?cs if:?Today.percent ?><b id="w-today"><?cs var:Today.percent ?>%</b> <span><?cs var:Text.desk.wall.kept ?> <?cs var:Today.kept ?> <?cs var:Text.desk.wall.of ?> <?cs var:Today.total ?></span><?cs else ?><span><?cs var:Text.desk.wall.none_due ?></span><?cs /if ?></p></li></ul>
<?cs if:?Rows.0.number ?><dl class="oldest"><?cs call:oldest(OldestUndispatched, Text.desk.wall.oldest_undispatched) ?><?cs call:oldest(OldestOpen, Text.desk.wall.oldest_open) ?></dl>
<div class="scroll" role="region" aria-label="<?cs var:Text.desk.wall.urgent ?>" tabindex="0"><table class="queue">
<caption><?cs var:Text.desk.wall.urgent ?></caption>
<thead><tr><th scope="col"><?cs var:Text.staff.queue.number ?></th><th scope="col"><?cs var:Text.staff.queue.due ?></th><th scope="col"><?cs var:Text.staff.field.category ?></th><th scope="col"><?cs var:Text.staff.field.place ?></th><th scope="col"><?cs var:Text.staff.field.unit ?></th><th scope="col"><?cs var:Text.staff.field.state ?></th></tr></thead>
<tbody><?cs each:r = Rows ?><tr id="r-<?cs var:r.number ?>"><th scope="row"><a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:r.number ?>"><?cs var:r.number_text ?></a></th>
<td><?cs if:?r.due.ms ?><?cs call:countdown(r.due) ?><?cs else ?>–<?cs /if ?></td><td><?cs var:r.category ?></td><td class="place"><?cs var:r.place ?></td><td><?cs var:r.unit ?></td><td><?cs var:r.state ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs else ?><p class="box info"><?cs var:Text.desk.wall.nothing ?></p>
<?cs /if ?></div>
<?cs call:staff_end() ?>
