<?cs include!"assessment/rows.cs" ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/assessment/"><?cs var:Text.assessment.title ?></a></p>
<div class="bar-top"><h1 id="h-orders"><?cs var:Text.order.title ?></h1><?cs if:may_give ?><p><a class="button" href="<?cs var:Site.base ?>/staff/assessment/order/new"><?cs var:Text.order.new.title ?></a></p><?cs /if ?></div>
<nav class="views" aria-label="<?cs var:Text.order.views ?>"><ul><?cs each:v = Views ?><li><a href="<?cs var:Site.base ?>/staff/assessment/order/?view=<?cs var:v.name ?>"<?cs if:v.is_current ?> aria-current="page"<?cs /if ?>><?cs var:v.label ?></a></li><?cs /each ?></ul></nav>
<?cs if:?Orders.0.id ?><?cs call:order_table("h-orders") ?><?cs else ?><p><?cs var:Text.order.empty ?></p>
<?cs /if ?><?cs if:?next ?><p><a class="button second" rel="next" href="<?cs var:Site.base ?>/staff/assessment/order/?view=<?cs var:View.name ?>&amp;before=<?cs var:next ?>"><?cs var:Text.staff.queue.next ?></a></p>
<?cs /if ?><?cs call:staff_end() ?>
