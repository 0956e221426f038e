<?cs include!"layout.cs" ?><?cs call:public_start() ?><h1>hello</h1>
<p id="lang"><?cs var:Page.lang ?></p><p id="path"><?cs var:Page.path ?></p><p id="other"><?cs var:Page.other_lang_url ?></p><p id="elder"><?cs var:Page.elder_url ?></p><p id="actor"><?cs var:Actor.name ?>|<?cs var:Actor.roles ?></p>
<?cs call:public_end() ?>
