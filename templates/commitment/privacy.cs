<?cs #
What is kept of residents, by whom it is read, and for how long.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><h1><?cs var:Page.title ?></h1>
<?cs each:s = Text.privacy.parts ?><h2><?cs var:s.title ?></h2>
<p><?cs var:s.text ?></p>
<?cs /each ?><h2><?cs var:Text.privacy.how_long ?></h2>
<p><?cs var:retention_words ?></p>
<p><?cs var:Text.privacy.ask ?> <?cs call:hotline_link() ?></p>
<?cs call:public_end() ?>
