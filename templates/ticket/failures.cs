<?cs include!"staff.cs" ?><?cs #

?><?cs def:failure_row(r) ?><tr><th scope="row"><a class="no" href="<?cs var:Site.base ?>/staff/ticket/failure/<?cs var:r.id ?>"><?cs var:r.id ?></a></th>
<td><?cs call:tag(r.state, r.colour) ?><?cs if:r.is_untold ?><br><span class="small"><?cs var:Text.failure.untold_short ?></span><?cs /if ?></td>
<td><?cs var:r.unit ?></td><td><?cs var:r.part ?><br><span class="small"><?cs var:r.origin ?></span></td>
<td><?cs call:moment(r.started) ?></td><td><?cs if:?r.ended.ms ?><?cs call:moment(r.ended) ?><?cs else ?><?cs var:Text.failure.not_over ?><?cs /if ?></td>
<td><?cs if:?r.told.ms ?><?cs call:moment(r.told) ?><?cs else ?>–<?cs /if ?></td></tr>
<?cs /def ?><?cs #

?><?cs def:failure_head() ?><thead><tr><th scope="col"><?cs var:Text.failure.number ?></th><th scope="col"><?cs var:Text.staff.field.state ?></th><th scope="col"><?cs var:Text.failure.unit ?></th><th scope="col"><?cs var:Text.failure.what ?></th><th scope="col"><?cs var:Text.failure.started ?></th><th scope="col"><?cs var:Text.failure.ended ?></th><th scope="col"><?cs var:Text.failure.told ?></th></tr></thead>
<?cs /def ?><?cs #

?><?cs call:staff_start() ?>
<div class="bar-top"><h1><?cs var:Text.failure.title ?></h1><?cs if:may_report ?><p><a class="button" href="<?cs var:Site.base ?>/staff/ticket/failure/new"><?cs var:Text.failure.new.title ?></a></p><?cs /if ?></div>
<p><?cs var:Text.failure.lead ?></p>
<?cs if:?Waiting.0.id ?><section aria-labelledby="h-waiting"><h2 id="h-waiting"><?cs var:Text.failure.waiting ?></h2>
<div class="scroll" role="group" aria-labelledby="h-waiting" tabindex="0"><table><?cs call:failure_head() ?><tbody>
<?cs each:r = Waiting ?><?cs call:failure_row(r) ?><?cs /each ?></tbody></table></div></section>
<?cs /if ?><section aria-labelledby="h-all"><h2 id="h-all"><?cs var:Text.failure.all ?></h2>
<?cs if:?Rows.0.id ?><div class="scroll" role="group" aria-labelledby="h-all" tabindex="0"><table><?cs call:failure_head() ?><tbody>
<?cs each:r = Rows ?><?cs call:failure_row(r) ?><?cs /each ?></tbody></table></div>
<?cs else ?><p><?cs var:Text.failure.empty ?></p>
<?cs /if ?><?cs if:?next ?><p><a class="button second" rel="next" href="<?cs var:Site.base ?>/staff/ticket/failure/?before=<?cs var:next ?>"><?cs var:Text.staff.queue.next ?></a></p>
<?cs /if ?></section>
<?cs call:staff_end() ?>
