<?cs include!"layout.cs" ?><?cs #
One outage among others: what pages.c sets with show_notice(); level: of its heading, 3 under a section

?><?cs def:outage_card(o) ?><li class="card"><h3><a href="<?cs var:Site.base ?>/outage/<?cs var:o.id ?>"><?cs var:o.area ?></a></h3>
<p><?cs call:tag(o.phase, o.colour) ?> <?cs call:tag(Text.outage.emergency, "info") ?></p>
<dl class="rows"><?cs call:row(Text.outage.why, o.cause) ?><div><dt><?cs var:Text.outage.start ?></dt><dd><?cs call:moment(o.start) ?></dd></div><?cs if:o.is_running ?><div><dt><?cs var:Text.outage.end ?></dt><dd><?cs call:moment(o.end) ?> <span class="small"><?cs call:moment(o.told) ?> <?cs var:Text.outage.told ?></span></dd></div><?cs else ?><div><dt><?cs if:o.is_restored ?><?cs var:Text.outage.ended ?><?cs else ?><?cs var:Text.outage.withdrawn_at ?><?cs /if ?></dt><dd><?cs call:moment(o.ended) ?></dd></div><?cs /if ?></dl>
<?cs if:o.is_overdue ?><p><?cs var:Text.outage.overdue ?></p>
<?cs /if ?><?cs if:o.is_partly ?><p><?cs var:Text.outage.partly ?></p>
<?cs /if ?></li>
<?cs /def ?><?cs #

?><?cs def:outage_advice() ?><h2><?cs var:Text.outage.advice.title ?></h2>
<ul><li><?cs var:Text.outage.advice.1 ?></li><li><?cs var:Text.outage.advice.2 ?></li><li><?cs var:Text.outage.advice.3 ?></li></ul>
<?cs /def ?>
