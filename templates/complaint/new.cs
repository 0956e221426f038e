<?cs #
Step 1: one tap on what is wrong goes on to the next page.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><?cs call:error_summary() ?><p class="step"><?cs var:Text.complaint.step_1 ?></p>
<h1><?cs var:Page.title ?></h1>
<p class="box warn"><?cs var:Text.portal.burst ?> <?cs call:hotline_link() ?></p>
<form method="post" action="<?cs var:Site.base ?>/complaint/matter<?cs if:?Draft.id ?>?d=<?cs var:url_escape(Draft.id) ?><?cs /if ?>"><?cs call:form_token() ?>
<ul class="choices"><?cs each:g = Groups ?><li><button type="submit" name="group" value="<?cs var:g.name ?>"<?cs if:first(g) ?> id="f-group"<?cs /if ?>><?cs var:g.label ?><span><?cs var:g.hint ?></span></button></li>
<?cs /each ?></ul>
</form>
<p><?cs var:Text.complaint.misconduct ?> <a href="<?cs var:Site.base ?>/complaint/misconduct"><?cs var:Text.sealed.form_link ?></a></p>
<?cs call:public_end() ?>
