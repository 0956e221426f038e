<?cs #
Planned outages as operations announce them; what was not planned stands at /outage/.
?><?cs include!"layout.cs" ?><?cs #

?><?cs def:outages(list) ?><?cs each:o = list ?><section class="promise" id="o-<?cs var:o.code ?>"><h3><?cs var:o.title ?></h3>
<?cs call:prose(o.Body) ?><p class="small"><?cs var:Text.outages.since ?> <?cs call:moment(o.from) ?></p></section>
<?cs /each ?><?cs /def ?><?cs #

?><?cs call:public_start() ?><h1><?cs var:Page.title ?></h1>
<?cs if:?Outages.0.code ?><h2><?cs var:Text.outages.planned ?></h2>
<?cs call:outages(Outages) ?><?cs /if ?><?cs if:is_empty ?><p class="box ok"><?cs var:Text.outages.none ?></p>
<?cs else ?><p><?cs var:Text.outages.advice ?></p>
<?cs /if ?><p class="small"><?cs var:Text.outages.checked ?> <?cs call:moment(checked) ?></p>
<p><?cs var:Text.outages.missing ?></p>
<p><a class="button" href="<?cs var:Site.base ?>/complaint/new"><?cs var:Text.portal.file ?></a></p>
<?cs call:public_end() ?>
