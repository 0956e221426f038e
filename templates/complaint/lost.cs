<?cs #
A filing that is not kept any more.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><h1><?cs var:Page.title ?></h1>
<p><?cs var:Lost.text ?></p>
<p><a class="button" href="<?cs var:Site.base ?>/complaint/new"><?cs var:Text.complaint.lost.again ?></a></p>
<?cs call:public_end() ?>
