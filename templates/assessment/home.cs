<?cs include!"assessment/rows.cs" ?><?cs call:staff_start() ?>
<h1><?cs var:Text.assessment.title ?></h1>
<?cs if:sees_handling ?><p><a class="lone" href="<?cs var:Site.base ?>/staff/assessment/ledger/"><?cs var:Text.ledger.title ?></a> <span class="hint"><?cs var:Text.ledger.about ?></span></p>
<p><a class="lone" href="<?cs var:Site.base ?>/staff/assessment/handling"><?cs var:Text.handling.title ?></a> <span class="hint"><?cs var:Text.handling.about ?></span></p>
<?cs /if ?><?cs if:sees_orders ?><section aria-labelledby="h-orders"><div class="bar-top"><h2 id="h-orders"><?cs var:Text.order.open ?></h2><?cs if:may_give ?><p><a class="button second" href="<?cs var:Site.base ?>/staff/assessment/order/new"><?cs var:Text.order.new.title ?></a></p><?cs /if ?></div>
<?cs if:?Orders.0.id ?><?cs call:order_table("h-orders") ?><?cs else ?><p><?cs var:Text.order.none_open ?></p><?cs /if ?>
<p><a href="<?cs var:Site.base ?>/staff/assessment/order/?view=all"><?cs var:Text.order.to_all ?></a></p></section>
<?cs /if ?><section aria-labelledby="h-circulars"><div class="bar-top"><h2 id="h-circulars"><?cs var:Text.circular.title ?></h2><?cs if:may_give ?><p><a class="button second" href="<?cs var:Site.base ?>/staff/assessment/circular/new"><?cs var:Text.circular.new.title ?></a></p><?cs /if ?></div>
<?cs if:?Circulars.0.id ?><?cs call:circular_table("h-circulars") ?>
<p><a href="<?cs var:Site.base ?>/staff/assessment/circular/"><?cs var:Text.circular.to_all ?></a></p>
<?cs else ?><p><?cs var:Text.circular.empty ?></p>
<?cs /if ?></section>
<?cs call:staff_end() ?>
