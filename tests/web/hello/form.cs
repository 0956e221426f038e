<?cs include!"layout.cs" ?><?cs call:public_start() ?><h1>form</h1>
<?cs each:e = Errors ?><?cs if:?e.name ?><p class="error-<?cs var:e.name ?>"><?cs var:e.text ?></p><?cs /if ?><?cs /each ?>
<form method="post" action="<?cs var:Site.base ?>/hello/form"><input type="hidden" name="token" value="<?cs var:Page.token ?>"><input type="hidden" name="key" value="<?cs var:Page.key ?>"><input name="name" value="<?cs var:Form.name.value ?>"><textarea name="words"><?cs var:Form.words.value ?></textarea><input name="age" value="<?cs var:Form.age.value ?>"></form>
<?cs call:public_end() ?>
