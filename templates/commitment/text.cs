<?cs #
One procedure or explanation.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><?cs call:back_link("/commitment/", Text.commitment.counting.back) ?><h1><?cs var:Page.title ?></h1>
<?cs if:is_explanation ?><p class="small"><?cs var:Text.interpretation.ops ?></p>
<?cs /if ?><?cs each:l = Lines ?><?cs if:l.is_first ?><ul>
<?cs /if ?><?cs if:l.is_item ?><li><?cs var:l.words ?></li>
<?cs if:l.is_last ?></ul>
<?cs /if ?><?cs else ?><p><?cs var:l.words ?></p>
<?cs /if ?><?cs /each ?><p class="small"><?cs var:Text.public_text.from ?> <?cs call:moment(from) ?></p>
<p><a class="button" href="<?cs var:Site.base ?>/complaint/new"><?cs var:Text.portal.file ?></a></p>
<?cs call:public_end() ?>
