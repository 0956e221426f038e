<?cs include!"staff.cs" ?><?cs #

?><?cs def:outage_table(rows, caption, end_words) ?><div class="scroll" role="group" aria-label="<?cs var:caption ?>" tabindex="0"><table><thead><tr><th scope="col"><?cs var:Text.outage.number ?></th><th scope="col"><?cs var:Text.staff.field.state ?></th><th scope="col"><?cs var:Text.outage.area ?></th><th scope="col"><?cs var:Text.outage.start ?></th><th scope="col"><?cs var:end_words ?></th><th scope="col"><?cs var:Text.outage.unit ?></th></tr></thead><tbody>
<?cs each:r = rows ?><tr><th scope="row"><a class="no" href="<?cs var:Site.base ?>/staff/supply/<?cs var:r.id ?>"><?cs var:r.id ?></a></th>
<td><?cs call:tag(r.phase, r.colour) ?></td><td><?cs var:r.area ?><br><span class="small"><?cs var:r.cause ?></span></td>
<td><?cs call:moment(r.start) ?></td><td><?cs if:?r.ended.ms ?><?cs call:moment(r.ended) ?><?cs else ?><?cs call:moment(r.end) ?><?cs /if ?></td><td><?cs var:r.unit ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs /def ?><?cs call:staff_start() ?>
<div class="bar-top"><h1><?cs var:Text.outage.staff.title ?></h1><p><a href="<?cs var:Site.base ?>/staff/supply/places/"><?cs var:Text.customer.places.title ?></a></p><?cs if:may_report ?><p><a class="button" href="<?cs var:Site.base ?>/staff/supply/new"><?cs var:Text.outage.report.title ?></a></p><?cs /if ?></div>
<section aria-labelledby="h-running"><h2 id="h-running"><?cs var:Text.outage.now ?></h2>
<?cs if:?Running.0.id ?><?cs call:outage_table(Running, Text.outage.now, Text.outage.end) ?><?cs else ?><p><?cs var:Text.outage.none ?></p>
<?cs /if ?></section>
<section aria-labelledby="h-ended"><h2 id="h-ended"><?cs var:Text.outage.recent ?></h2>
<?cs if:?Ended.0.id ?><?cs call:outage_table(Ended, Text.outage.recent, Text.outage.ended) ?><?cs else ?><p><?cs var:Text.outage.none_recent ?></p>
<?cs /if ?></section>
<?cs call:staff_end() ?>
