<?cs include!"crew.cs" ?><?cs call:crew_start() ?><h1><?cs var:Page.title ?></h1>
<p><?cs var:Text.crew.home.text ?></p>
<?cs call:crew_end() ?>
