<?cs include!"outage/card.cs" ?><?cs call:public_start() ?><p class="back"><a href="<?cs var:Site.base ?>/outage/"><?cs var:Text.outage.title ?></a></p>
<h1><?cs var:Text.outage.one.title ?></h1>
<?cs call:outage_tags(Outage) ?><?cs if:Outage.is_overdue ?><p class="box bad"><?cs var:Text.outage.overdue ?></p>
<?cs /if ?><dl class="rows"><div><dt><?cs var:Text.outage.area ?></dt><dd><?cs call:outage_area(Outage) ?></dd></div><?cs call:row(Text.outage.why, Outage.cause) ?><?cs call:outage_times(Outage) ?><?cs if:Outage.water_points ?><?cs call:row(Text.outage.water_points, Outage.water_points) ?><?cs /if ?></dl>
<?cs if:!Outage.has_ended ?><p><a href="<?cs var:Site.base ?>/outage/<?cs var:Outage.id ?>/poster"><?cs var:Text.outage.poster.link ?></a></p>
<p><a href="<?cs var:Site.base ?>/outage/<?cs var:Outage.id ?>/calendar.ics"><?cs var:Text.outage.one.calendar ?></a></p>
<?cs /if ?><h2><?cs var:Text.outage.one.messages ?></h2>
<ol class="timeline" reversed><?cs each:m = Messages ?><li><p><strong><?cs var:m.action ?></strong> <span class="small"><?cs call:moment(m.told) ?> <?cs var:Text.outage.told ?></span></p>
<?cs if:?m.water_on.ms ?><p><?cs var:Text.outage.ended ?> <?cs call:moment(m.water_on) ?></p>
<?cs /if ?><?cs if:?m.first_start.ms ?><p><?cs var:Text.outage.start ?> <?cs call:moment(m.first_start) ?></p>
<?cs /if ?><?cs if:?m.first_end.ms ?><p><?cs var:Text.outage.end ?> <?cs call:moment(m.first_end) ?></p>
<?cs /if ?><?cs if:?m.start_before.ms ?><p><?cs var:Text.outage.one.start_changed_from ?> <?cs call:moment(m.start_before) ?> <?cs var:Text.outage.one.changed_to ?> <?cs call:moment(m.start) ?></p>
<?cs /if ?><?cs if:?m.end_before.ms ?><p><?cs var:Text.outage.one.changed_from ?> <?cs call:moment(m.end_before) ?> <?cs var:Text.outage.one.changed_to ?> <?cs call:moment(m.end) ?><?cs if:m.is_late ?> <?cs call:tag(Text.outage.one.told_late, "warn") ?><?cs /if ?></p>
<?cs /if ?><?cs if:?m.Places.0.name || m.area_words ?><p><?cs if:m.is_wider ?><?cs var:Text.outage.one.wider ?><?cs else ?><?cs var:Text.outage.area ?><?cs /if ?><span<?cs if:Page.is_en ?> lang="zh-CN"<?cs /if ?>> <?cs each:p = m.Places ?><?cs var:p.name ?> <?cs /each ?><?cs var:m.area_words ?></span></p>
<?cs /if ?><?cs if:m.water_points ?><p><?cs var:Text.outage.water_points ?> <?cs var:m.water_points ?></p>
<?cs /if ?><?cs if:m.words ?><p class="words"><?cs var:m.words ?></p>
<?cs /if ?><p class="small"><a class="lone" type="application/cap+xml" href="<?cs var:Site.base ?>/outage/<?cs var:Outage.id ?>/cap/<?cs var:m.seq ?>"><?cs var:Text.outage.one.cap ?><span class="unseen"> <?cs var:m.action ?></span></a></p>
</li>
<?cs /each ?></ol>
<p class="small"><?cs var:Text.outage.checked ?> <?cs call:moment(checked) ?></p>
<?cs call:outage_advice() ?><?cs call:public_end() ?>
