<?cs #
What could not be done, whether anything was changed, whom to call, and the request's number for whoever looks into it.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><h1><?cs var:Error.title ?></h1>
<p><?cs var:Error.text ?></p>
<?cs if:?Error.detail ?><p class="box bad"><?cs var:Error.detail ?></p>
<?cs /if ?><p><?cs var:Error.call ?></p>
<p><a href="<?cs var:Site.base ?>/"><?cs var:Text.error_page.home ?></a></p>
<p class="small"><?cs var:Error.number ?></p>
<?cs call:public_end() ?>
