<?cs #
The first page: what do you want to do?
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><h1><?cs var:Text.portal.heading ?></h1>
<?cs if:?Emergency.id ?><p class="box bad" role="status"><strong><?cs var:Text.portal.emergency ?></strong> <a class="lone" href="<?cs var:Site.base ?>/outage/"<?cs if:Page.is_en ?> lang="zh-CN"<?cs /if ?>><?cs var:Emergency.area ?></a> <?cs if:Emergency.is_overdue ?><?cs var:Text.portal.emergency_overdue ?><?cs else ?><?cs var:Text.portal.emergency_end ?> <?cs call:moment(Emergency.end) ?><?cs /if ?><?cs if:?Emergency.more ?> (<?cs var:Text.portal.emergency_more ?> <?cs var:Emergency.more ?>)<?cs /if ?></p>
<?cs /if ?><p class="box warn"><?cs var:Text.portal.burst ?> <?cs call:hotline_link() ?></p>
<ul class="choices">
<li><a class="first" href="<?cs var:Site.base ?>/complaint/new"><?cs var:Text.portal.file ?><span><?cs var:Text.portal.file_hint ?></span></a></li>
<li><a href="<?cs var:Site.base ?>/complaint/follow"><?cs var:Text.portal.follow ?><span><?cs var:Text.portal.follow_hint ?></span></a></li>
<li><a href="<?cs var:Site.base ?>/outage/"><?cs var:Text.portal.outages ?><span><?cs var:Text.portal.outages_hint ?></span></a></li>
<li><a href="<?cs var:Site.base ?>/commitment/"><?cs var:Text.portal.promises ?><span><?cs var:Text.portal.promises_hint ?></span></a></li>
</ul>
<?cs call:public_end() ?>
