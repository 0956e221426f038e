<?cs include!"assessment/rows.cs" ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/assessment/"><?cs var:Text.assessment.title ?></a></p>
<h1><?cs var:Text.handling.title ?> <span class="small"><?cs var:month ?></span></h1>
<p><?cs var:Text.handling.lead ?></p>
<p><a class="button second" rel="prev" href="<?cs var:Site.base ?>/staff/assessment/handling?month=<?cs var:previous ?>"><?cs var:Text.handling.previous ?></a><?cs if:?next ?> <a class="button second" rel="next" href="<?cs var:Site.base ?>/staff/assessment/handling?month=<?cs var:next ?>"><?cs var:Text.handling.next ?></a><?cs /if ?></p>
<section aria-labelledby="h-units"><h2 id="h-units"><?cs var:Text.handling.units ?></h2>
<?cs if:?Units.0.unit ?><div class="scroll" role="group" aria-labelledby="h-units" tabindex="0"><table><thead><tr><?cs call:column(Text.handling.unit) ?><?cs call:column(Text.handling.dispatches) ?><?cs call:column(Text.handling.accepted) ?><?cs call:column(Text.handling.objected) ?><?cs call:column(Text.handling.wrong) ?><?cs call:column(Text.handling.recalled) ?><?cs call:column(Text.handling.held) ?><?cs call:column(Text.handling.held_each) ?></tr></thead><tbody>
<?cs each:u = Units ?><tr><th scope="row"><?cs var:u.unit ?></th><td><?cs var:u.dispatches ?></td><td><?cs var:u.accepted ?></td><td><?cs var:u.objected ?></td><td><?cs var:u.wrong ?></td><td><?cs var:u.recalled ?></td><td><?cs var:u.held ?></td><td><?cs var:u.held_each ?></td></tr>
<?cs /each ?></tbody></table></div><?cs else ?><p><?cs var:Text.handling.empty ?></p><?cs /if ?></section>
<?cs if:sees_dispatchers ?><section aria-labelledby="h-dispatchers"><h2 id="h-dispatchers"><?cs var:Text.handling.dispatchers ?></h2>
<?cs if:?Dispatchers.0.dispatches ?><div class="scroll" role="group" aria-labelledby="h-dispatchers" tabindex="0"><table><thead><tr><?cs call:column(Text.handling.dispatcher) ?><?cs call:column(Text.handling.dispatches) ?><?cs call:column(Text.handling.wrong) ?><?cs call:column(Text.handling.recalled) ?></tr></thead><tbody>
<?cs each:d = Dispatchers ?><tr><th scope="row"><?cs if:d.name ?><?cs var:d.name ?><?cs else ?>–<?cs /if ?></th><td><?cs var:d.dispatches ?></td><td><?cs var:d.wrong ?></td><td><?cs var:d.recalled ?></td></tr>
<?cs /each ?></tbody></table></div><?cs else ?><p><?cs var:Text.handling.empty ?></p><?cs /if ?></section>
<?cs /if ?><section aria-labelledby="h-returned"><h2 id="h-returned"><?cs var:Text.handling.returned ?></h2>
<?cs if:?Returned.0.number ?><div class="scroll" role="group" aria-labelledby="h-returned" tabindex="0"><table><thead><tr><?cs call:column(Text.handling.number) ?><?cs call:column(Text.handling.unit) ?><?cs call:column(Text.handling.dispatcher) ?><?cs call:column(Text.handling.dispatched) ?><?cs call:column(Text.handling.ended) ?></tr></thead><tbody>
<?cs each:r = Returned ?><tr><th scope="row"><a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:r.number ?>"><?cs var:r.number_text ?></a></th><td><?cs var:r.unit ?></td><td><?cs if:r.dispatcher ?><?cs var:r.dispatcher ?><?cs else ?>–<?cs /if ?></td><td><?cs call:moment(r.dispatched) ?></td><td><?cs call:moment(r.ended) ?></td></tr>
<?cs /each ?></tbody></table></div><?cs else ?><p><?cs var:Text.handling.none_returned ?></p><?cs /if ?></section>
<?cs call:staff_end() ?>
