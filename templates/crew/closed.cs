<?cs include!"crew.cs" ?><?cs call:crew_start() ?><h1><?cs var:Page.title ?></h1>
<?cs call:notice(why, "warn") ?><p><?cs var:Text.crew.closed.ask ?></p>
<?cs call:crew_end() ?>
