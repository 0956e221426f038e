<?cs #
A form that was not taken: every field is kept here and goes out again with a fresh token.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><h1><?cs var:Resend.title ?></h1>
<p><?cs var:Resend.text ?></p>
<?cs if:?Resend.has_file ?><p class="box warn"><?cs var:Text.resend.has_file ?></p>
<?cs /if ?><?cs if:?Resend.is_signed_out ?><p><a href="<?cs var:Site.base ?><?cs var:Resend.signin ?>" target="_blank" rel="noopener"><?cs var:Text.resend.signin ?></a></p>
<?cs /if ?><?cs if:?Resend.is_kept ?><form method="post" action="<?cs var:Resend.action ?>">
<input type="hidden" name="token" value="<?cs var:Page.token ?>">
<?cs each:field = Resend.fields ?><input type="hidden" name="<?cs var:field.name ?>" value="<?cs var:field.value ?>">
<?cs /each ?><button class="button" type="submit"><?cs var:Text.resend.button ?></button>
</form>
<?cs elif:?Resend.has_page ?><p><a href="<?cs var:Resend.action ?>"><?cs var:Text.resend.back ?></a></p>
<?cs /if ?><p><?cs var:Error.call ?></p>
<p class="small"><?cs var:Error.number ?></p>
<?cs call:public_end() ?>
