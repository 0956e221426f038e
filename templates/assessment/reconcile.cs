<?cs include!"assessment/rows.cs" ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/assessment/ledger/"><?cs var:Text.ledger.title ?></a></p>
<h1><?cs var:Text.ledger.reconcile.title ?> <span class="small"><?cs var:month ?></span></h1>
<p><?cs var:Text.ledger.reconcile.lead ?></p>
<p><a class="button second" rel="prev" href="<?cs var:Site.base ?>/staff/assessment/ledger/reconcile?month=<?cs var:previous ?>"><?cs var:Text.handling.previous ?></a><?cs if:?next ?> <a class="button second" rel="next" href="<?cs var:Site.base ?>/staff/assessment/ledger/reconcile?month=<?cs var:next ?>"><?cs var:Text.handling.next ?></a><?cs /if ?></p>
<?cs if:?Differences.0.what ?><p class="box bad" role="status"><?cs var:Text.ledger.reconcile.differs ?> <?cs var:difference_count ?></p><?cs else ?><p class="box ok" role="status"><?cs var:Text.ledger.reconcile.agrees ?></p><?cs /if ?>
<section aria-labelledby="h-sums"><h2 id="h-sums"><?cs var:Text.ledger.reconcile.sums ?></h2>
<?cs if:?Sums.0.what ?><div class="scroll" role="group" aria-labelledby="h-sums" tabindex="0"><table><thead><tr><?cs call:column(Text.ledger.what) ?><?cs call:column(Text.ledger.reconcile.breaches) ?><?cs call:column(Text.ledger.reconcile.matched) ?><?cs call:column(Text.ledger.reconcile.proposals) ?></tr></thead><tbody>
<?cs each:s = Sums ?><tr><th scope="row"><?cs var:s.what ?></th><td><?cs var:s.breaches ?></td><td><?cs var:s.matched ?></td><td><?cs var:s.proposals ?></td></tr>
<?cs /each ?><tr><th scope="row"><?cs var:Text.ledger.reconcile.total ?></th><td><?cs var:Total.breaches ?></td><td><?cs var:Total.matched ?></td><td><?cs var:Total.proposals ?></td></tr></tbody></table></div><?cs else ?><p><?cs var:Text.ledger.reconcile.none ?></p><?cs /if ?></section>
<?cs if:?Differences.0.what ?><section aria-labelledby="h-differences"><h2 id="h-differences"><?cs var:Text.ledger.reconcile.differences ?></h2>
<div class="scroll" role="group" aria-labelledby="h-differences" tabindex="0"><table><thead><tr><?cs call:column(Text.ledger.reconcile.how) ?><?cs call:column(Text.ledger.what) ?><?cs call:column(Text.ledger.reconcile.where) ?><?cs call:column(Text.ledger.number) ?></tr></thead><tbody>
<?cs each:d = Differences ?><tr><th scope="row"><?cs var:d.how ?></th><td><?cs var:d.what ?></td><td><?cs if:?d.ticket ?><a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:d.ticket ?>"><?cs var:d.ticket_text ?></a><?cs elif:?d.outage ?><a class="no" href="<?cs var:Site.base ?>/staff/supply/<?cs var:d.outage ?>"><?cs var:d.outage ?></a><?cs else ?>–<?cs /if ?></td><td><?cs if:?d.penalty ?><a class="no" href="<?cs var:Site.base ?>/staff/assessment/ledger/<?cs var:d.penalty ?>"><?cs var:d.penalty ?></a><?cs else ?>–<?cs /if ?></td></tr>
<?cs /each ?></tbody></table></div></section>
<?cs /if ?><?cs call:staff_end() ?>
