<?cs include!"outage/card.cs" ?><?cs call:public_start() ?><p class="back"><a href="<?cs var:Site.base ?>/outage/"><?cs var:Text.outage.title ?></a></p>
<h1><?cs var:Text.outage.one.title ?></h1>
<p><?cs call:tag(Outage.phase, Outage.colour) ?> <?cs call:tag(Text.outage.emergency, "info") ?></p>
<?cs if:Outage.is_overdue ?><p class="box bad"><?cs var:Text.outage.overdue ?></p>
<?cs /if ?><dl class="rows"><?cs call:row(Text.outage.area, Outage.area) ?><?cs call:row(Text.outage.why, Outage.cause) ?><div><dt><?cs var:Text.outage.start ?></dt><dd><?cs call:moment(Outage.start) ?></dd></div><?cs if:Outage.is_running ?><div><dt><?cs var:Text.outage.end ?></dt><dd><?cs call:moment(Outage.end) ?></dd></div><?cs else ?><div><dt><?cs if:Outage.is_restored ?><?cs var:Text.outage.ended ?><?cs else ?><?cs var:Text.outage.withdrawn_at ?><?cs /if ?></dt><dd><?cs call:moment(Outage.ended) ?></dd></div><?cs /if ?></dl>
<h2><?cs var:Text.outage.one.messages ?></h2>
<ol class="timeline" reversed><?cs each:m = Messages ?><li><p><strong><?cs var:m.action ?></strong> <span class="small"><?cs call:moment(m.told) ?> <?cs var:Text.outage.told ?></span></p>
<?cs if:?m.water_on.ms ?><p><?cs var:Text.outage.ended ?> <?cs call:moment(m.water_on) ?></p>
<?cs /if ?><?cs if:?m.first_end.ms ?><p><?cs var:Text.outage.end ?> <?cs call:moment(m.first_end) ?></p>
<?cs /if ?><?cs if:?m.end_before.ms ?><p><?cs var:Text.outage.one.changed_from ?> <?cs call:moment(m.end_before) ?> <?cs var:Text.outage.one.changed_to ?> <?cs call:moment(m.end) ?><?cs if:m.is_late ?> <?cs call:tag(Text.outage.one.told_late, "warn") ?><?cs /if ?></p>
<?cs /if ?><?cs if:?m.Places.0.name ?><p><?cs var:Text.outage.area ?>: <?cs each:p = m.Places ?><?cs var:p.name ?> <?cs /each ?></p>
<?cs /if ?><?cs if:m.area_words ?><p><?cs var:m.area_words ?></p>
<?cs /if ?><?cs if:m.words ?><p class="words"><?cs var:m.words ?></p>
<?cs /if ?></li>
<?cs /each ?></ol>
<p class="small"><?cs var:Text.outage.checked ?> <?cs call:moment(checked) ?></p>
<?cs call:outage_advice() ?>
<?cs call:public_end() ?>
