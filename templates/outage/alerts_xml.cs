<?cs #
The messages of outages as an Atom list whose entries lead to alerts (CAP 1.2).
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
<updated><?cs var:e.updated ?></updated>
<link rel="alternate" type="application/cap+xml" href="<?cs var:e.id ?>"/>
<summary type="text"><?cs var:e.words ?></summary>
</entry>
<?cs /each ?></feed>
