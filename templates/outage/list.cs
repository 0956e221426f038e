<?cs include!"outage/card.cs" ?><?cs call:public_start() ?><?cs call:error_summary() ?><h1><?cs var:Text.outage.title ?></h1>
<form method="get" action="<?cs var:Site.base ?>/outage/"><?cs call:text_field(Form.q, "q", Text.outage.question, Text.outage.question_hint, "text", "", "off", "") ?><?cs call:button(Text.outage.ask) ?></form>
<?cs if:?Answer.question ?><section aria-labelledby="h-answer"><h2 id="h-answer"><?cs var:Text.outage.answer ?> <?cs var:Answer.question ?></h2>
<?cs if:?Answer.Rows.0.id ?><p class="box warn"><?cs var:Text.outage.affected ?></p>
<ul class="cards"><?cs each:o = Answer.Rows ?><?cs call:outage_card(o) ?><?cs /each ?></ul>
<?cs else ?><p class="box ok"><?cs if:Answer.is_known ?><?cs var:Text.outage.not_affected ?><?cs else ?><?cs var:Text.outage.not_known ?><?cs /if ?> <?cs var:Text.outage.checked ?> <?cs call:moment(checked) ?></p>
<p><a href="<?cs var:Site.base ?>/complaint/new"><?cs var:Text.portal.file ?></a></p>
<?cs /if ?></section>
<?cs /if ?><section aria-labelledby="h-now"><h2 id="h-now"><?cs var:Text.outage.now ?></h2>
<?cs if:?Running.0.id ?><ul class="cards"><?cs each:o = Running ?><?cs call:outage_card(o) ?><?cs /each ?></ul>
<?cs else ?><p class="box ok"><?cs var:Text.outage.none ?></p>
<?cs /if ?><p class="small"><?cs var:Text.outage.checked ?> <?cs call:moment(checked) ?></p></section>
<?cs if:?Ended.0.id ?><section aria-labelledby="h-ended"><h2 id="h-ended"><?cs var:Text.outage.recent ?></h2>
<ul class="cards"><?cs each:o = Ended ?><?cs call:outage_card(o) ?><?cs /each ?></ul></section>
<?cs /if ?><p><a href="<?cs var:Site.base ?>/commitment/outages"><?cs var:Text.outage.planned ?></a></p>
<?cs call:outage_advice() ?>
<p class="small"><a href="<?cs var:Site.base ?>/outage/outages.json"><?cs var:Text.outage.json ?></a></p>
<?cs call:public_end() ?>
