<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<h1><?cs var:Text.admin.title ?></h1>
<?cs each:w = Warnings ?><p class="box warn"><a class="lone" href="<?cs var:Site.base ?><?cs var:w.url ?>"><?cs var:w.words ?></a></p>
<?cs /each ?><?cs if:is_empty ?><?cs call:notice(Text.admin.nothing, "info") ?><?cs /if ?><ul class="sections"><?cs each:s = Sections ?>
<li><a href="<?cs var:Site.base ?><?cs var:s.url ?>"><?cs var:s.title ?></a> <span class="hint"><?cs var:s.about ?></span></li><?cs /each ?>
</ul>
<?cs call:staff_end() ?>
