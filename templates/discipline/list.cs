<?cs include!"discipline/frame.cs" ?><?cs call:staff_start() ?><?cs call:error_summary() ?>
<div class="bar-top"><h1 id="h-cases"><?cs var:Text.discipline.title ?></h1></div>
<?cs call:office_bar() ?>
<form class="noprint field" method="post" action="<?cs var:Site.base ?>/staff/discipline/find" autocomplete="off"><?cs call:form_token() ?>
<?cs call:text_field(Form.number, "number", Text.sealed.number, Text.sealed.number_hint, "text", "", "off", "middle") ?>
<?cs call:button_second(Text.discipline.find) ?></form>
<?cs if:?Cases.0.id ?><ul class="cards"><?cs each:c = Cases ?><li><?cs if:c.is_readable ?><p><a href="<?cs var:Site.base ?>/staff/discipline/case/<?cs var:c.id ?>"><strong class="no"><?cs var:c.number ?></strong></a> <?cs call:tag(c.state, c.colour) ?><?cs if:c.is_answered ?> <?cs call:tag(Text.discipline.answered, "info") ?><?cs /if ?><?cs if:c.is_damaged ?> <?cs call:tag(Text.discipline.damaged_short, "bad") ?><?cs /if ?></p>
<p class="small"><?cs call:moment(c.received) ?> · <?cs var:c.source ?><?cs if:c.about ?> · <?cs var:c.about ?><?cs /if ?></p>
<p><?cs var:c.words ?></p><?cs else ?><p><strong><?cs var:c.day ?></strong> <?cs call:tag(Text.discipline.unreadable, "bad") ?></p><?cs /if ?></li>
<?cs /each ?></ul>
<?cs elif:is_further ?><p><?cs var:Text.discipline.no_more ?></p>
<?cs else ?><p><?cs var:Text.discipline.empty ?></p>
<?cs /if ?><?cs if:?next ?><p><a class="button second" rel="next" href="<?cs var:Site.base ?>/staff/discipline/<?cs var:next ?>"><?cs var:Text.staff.queue.next ?></a></p>
<?cs /if ?><?cs call:staff_end() ?>
