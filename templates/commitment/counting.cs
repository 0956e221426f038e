<?cs #
How the figures are counted.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><?cs call:back_link("/commitment/", Text.commitment.counting.back) ?><h1><?cs var:Page.title ?></h1>
<?cs each:s = Text.commitment.counting.parts ?><h2><?cs var:s.title ?></h2>
<p><?cs var:s.text ?></p>
<?cs /each ?><?cs call:public_end() ?>
