<?cs include!"staff.cs" ?><?cs #

?><?cs def:result(r) ?><li><a class="no lone" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:r.number ?><?cs if:?List.from ?>?from=<?cs var:List.from ?><?cs /if ?>"><?cs var:r.number_text ?></a> <?cs if:r.words ?><?cs var:r.words ?><?cs else ?><?cs var:r.unit ?><?cs /if ?></li>
<?cs /def ?><?cs #

?><?cs call:staff_start() ?>
<nav class="back" aria-label="<?cs var:Text.desk.neighbours ?>"><a id="back" href="<?cs var:Site.base ?>/staff/ticket/<?cs if:?List.url ?><?cs var:List.url ?><?cs /if ?>"><?cs var:Text.staff.show.back ?></a></nav>
<h1><?cs var:Text.desk.bulk.done_title ?></h1>
<?cs if:is_nothing ?><p class="box info"><?cs var:Text.desk.bulk.none ?></p>
<?cs /if ?><?cs if:?Overtaken.0.number ?><section class="box warn" aria-labelledby="h-overtaken"><h2 id="h-overtaken"><?cs var:Text.desk.bulk.overtaken_title ?></h2><ul><?cs each:r = Overtaken ?><?cs call:result(r) ?><?cs /each ?></ul></section>
<?cs /if ?><?cs if:?Refused.0.number ?><section class="box bad" aria-labelledby="h-refused"><h2 id="h-refused"><?cs var:Text.desk.bulk.refused ?></h2><ul><?cs each:r = Refused ?><?cs call:result(r) ?><?cs /each ?></ul></section>
<?cs /if ?><?cs if:?Done.0.number ?><section class="box ok" aria-labelledby="h-done"><h2 id="h-done"><?cs var:Text.desk.bulk.done ?> (<?cs var:done_count ?>)</h2><ul><?cs each:r = Done ?><?cs call:result(r) ?><?cs /each ?></ul></section>
<?cs /if ?><?cs call:key_help() ?><?cs call:staff_end() ?>
