<?cs include!"layout.cs" ?><?cs #
One outage among others: what show.c sets with outage_show_notice()

?><?cs def:outage_area(o) ?><?cs if:Page.is_en ?><span lang="zh-CN"><?cs var:o.area ?></span><?cs else ?><?cs var:o.area ?><?cs /if ?><?cs /def ?><?cs #

?><?cs def:outage_tags(o) ?><p><?cs call:tag(o.phase, o.colour) ?> <?cs call:tag(o.kind, "info") ?></p>
<?cs /def ?><?cs #

?><?cs def:outage_times(o) ?><div><dt><?cs var:o.start_label ?></dt><dd><?cs call:moment(o.start) ?></dd></div><?cs if:o.has_ended ?><div><dt><?cs if:o.is_off ?><?cs var:Text.outage.withdrawn_at ?><?cs else ?><?cs var:Text.outage.ended ?><?cs /if ?></dt><dd><?cs call:moment(o.ended) ?></dd></div><?cs else ?><div><dt><?cs var:Text.outage.end ?></dt><dd><?cs call:moment(o.end) ?> <span class="small"><?cs call:moment(o.told) ?> <?cs var:Text.outage.told ?></span></dd></div><?cs /if ?><?cs /def ?><?cs #

?><?cs def:outage_card(o) ?><li class="card"><h3><a href="<?cs var:Site.base ?>/outage/<?cs var:o.id ?>"><?cs call:outage_area(o) ?></a></h3>
<?cs call:outage_tags(o) ?><dl class="rows"><?cs call:row(Text.outage.why, o.cause) ?><?cs call:outage_times(o) ?><?cs if:o.water_points ?><?cs call:row(Text.outage.water_points, o.water_points) ?><?cs /if ?></dl>
<?cs if:o.is_overdue ?><p><?cs var:Text.outage.overdue ?></p>
<?cs /if ?><?cs if:o.is_partly ?><p><?cs var:Text.outage.partly ?></p>
<?cs /if ?></li>
<?cs /def ?><?cs #

what operations keep as a text, or what is always right ?><?cs def:outage_advice() ?><h2><?cs var:Text.outage.advice.title ?></h2>
<?cs if:has_advice ?><?cs call:prose(Advice) ?><?cs else ?><ul><li><?cs var:Text.outage.advice.1 ?></li><li><?cs var:Text.outage.advice.2 ?></li><li><?cs var:Text.outage.advice.3 ?></li></ul>
<?cs /if ?><?cs /def ?><?cs #

the other forms, to be followed by programs ?><?cs def:outage_feeds(title) ?><h2><?cs var:title ?></h2>
<ul class="plain"><?cs each:f = Feeds ?><li><a class="lone" href="<?cs var:f.href ?>"><?cs var:f.title ?></a><?cs if:f.webcal ?> · <a class="lone" href="<?cs var:f.webcal ?>"><?cs var:Text.outage.feed.webcal ?></a><?cs /if ?></li>
<?cs /each ?></ul>
<?cs /def ?>
