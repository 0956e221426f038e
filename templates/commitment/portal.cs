<?cs #
The first page: what do you want to do?
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><h1><?cs var:Text.portal.heading ?></h1>
<p class="box warn"><?cs var:Text.portal.burst ?> <?cs call:hotline_link() ?></p>
<ul class="choices">
<li><a class="first" href="<?cs var:Site.base ?>/complaint/new"><?cs var:Text.portal.file ?><span><?cs var:Text.portal.file_hint ?></span></a></li>
<li><a href="<?cs var:Site.base ?>/complaint/follow"><?cs var:Text.portal.follow ?><span><?cs var:Text.portal.follow_hint ?></span></a></li>
<li><a href="<?cs var:Site.base ?>/commitment/"><?cs var:Text.portal.promises ?><span><?cs var:Text.portal.promises_hint ?></span></a></li>
</ul>
<?cs call:public_end() ?>
