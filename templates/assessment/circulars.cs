<?cs include!"assessment/rows.cs" ?><?cs call:staff_start() ?>
<p class="back"><a href="<?cs var:Site.base ?>/staff/assessment/"><?cs var:Text.assessment.title ?></a></p>
<div class="bar-top"><h1 id="h-circulars"><?cs var:Text.circular.title ?></h1><?cs if:may_publish ?><p><a class="button" href="<?cs var:Site.base ?>/staff/assessment/circular/new"><?cs var:Text.circular.new.title ?></a></p><?cs /if ?></div>
<?cs if:?Circulars.0.id ?><?cs call:circular_table("h-circulars") ?><?cs else ?><p><?cs var:Text.circular.empty ?></p>
<?cs /if ?><?cs if:?next ?><p><a class="button second" rel="next" href="<?cs var:Site.base ?>/staff/assessment/circular/?before=<?cs var:next ?>"><?cs var:Text.staff.queue.next ?></a></p>
<?cs /if ?><?cs call:staff_end() ?>
