<?cs #
The poster for the area: one page of A4 in large print (Arts. 18(1), 33(4)).
?><?cs include!"outage/card.cs" ?><?cs call:page_head("poster", "") ?><body class="poster">
<main id="main">
<?cs call:sample_banner() ?><p class="noprint"><a href="<?cs var:Site.base ?>/outage/<?cs var:Outage.id ?>"><?cs var:Text.outage.poster.back ?></a> <?cs var:Text.outage.poster.print ?></p>
<p class="company"><?cs var:Site.company ?></p>
<h1><?cs var:Outage.kind ?></h1>
<?cs if:Outage.has_ended ?><p class="over"><?cs var:Outage.phase ?></p>
<?cs /if ?><p class="area"><?cs call:outage_area(Outage) ?></p>
<dl><div><dt><?cs var:Outage.start_label ?></dt><dd><time datetime="<?cs var:Outage.start.iso ?>"><?cs var:Date.start ?></time></dd></div><?cs if:Outage.has_ended ?><div><dt><?cs if:Outage.is_off ?><?cs var:Text.outage.withdrawn_at ?><?cs else ?><?cs var:Text.outage.ended ?><?cs /if ?></dt><dd><time datetime="<?cs var:Outage.ended.iso ?>"><?cs var:Date.ended ?></time></dd></div><?cs else ?><div><dt><?cs var:Text.outage.end ?></dt><dd><time datetime="<?cs var:Outage.end.iso ?>"><?cs var:Date.end ?></time></dd></div><?cs /if ?><?cs call:row(Text.outage.why, Outage.cause) ?><?cs if:Outage.water_points ?><?cs call:row(Text.outage.water_points, Outage.water_points) ?><?cs /if ?></dl>
<div class="advice"><?cs if:has_advice ?><?cs call:prose(Advice) ?><?cs else ?><ul><li><?cs var:Text.outage.advice.1 ?></li><li><?cs var:Text.outage.advice.2 ?></li><li><?cs var:Text.outage.advice.3 ?></li></ul><?cs /if ?></div>
<div class="foot"><?cs call:qr(code, Text.outage.poster.qr) ?><div><p class="call"><?cs var:Text.layout.hotline ?> <?cs call:hotline_link() ?></p>
<p><?cs var:Text.outage.poster.scan ?></p>
<p class="link"><?cs var:Site.url ?><?cs var:Site.base ?><wbr>/outage/<?cs var:Outage.id ?></p>
<p><?cs var:Text.outage.poster.made ?> <time datetime="<?cs var:checked.iso ?>"><?cs var:Date.made ?></time></p></div></div>
</main>
</body>
</html>
