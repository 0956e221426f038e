<?cs #
Outages as Atom (RFC 4287): one entry each, whose id stays while it changes.
?><?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="<?cs var:lang ?>">
<id><?cs var:self ?></id>
<title><?cs var:title ?> - <?cs var:Site.company ?></title>
<updated><?cs var:updated ?></updated>
<link rel="self" type="application/atom+xml" href="<?cs var:self ?>"/>
<link rel="alternate" type="text/html" href="<?cs var:page ?>"/>
<author><name><?cs var:Site.company ?></name></author>
<?cs each:e = Entries ?><entry>
<id><?cs var:e.id ?></id>
<title><?cs var:e.title ?></title>
<published><?cs var:e.published ?></published>
<updated><?cs var:e.updated ?></updated>
<link rel="alternate" type="text/html" href="<?cs var:e.href ?>"/>
<category term="<?cs var:e.kind ?>"/>
<summary type="text"><?cs var:e.action ?>
<?cs var:Text.outage.why ?>: <?cs var:e.cause ?>
<?cs var:Text.outage.start ?>: <?cs var:e.start ?>
<?cs if:e.ended ?><?cs if:e.is_off ?><?cs var:Text.outage.withdrawn_at ?><?cs else ?><?cs var:Text.outage.ended ?><?cs /if ?>: <?cs var:e.ended ?><?cs else ?><?cs var:Text.outage.end ?>: <?cs var:e.end ?><?cs /if ?>
<?cs if:e.water_points ?><?cs var:Text.outage.water_points ?>: <?cs var:e.water_points ?>
<?cs /if ?><?cs var:e.words ?></summary>
</entry>
<?cs /each ?></feed>
