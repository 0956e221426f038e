<?cs #
What the pages behind the opened key share.
?><?cs include!"staff.cs" ?><?cs def:office_bar() ?><nav class="views noprint" aria-label="<?cs var:Text.discipline.nav ?>"><ul><li><a href="<?cs var:Site.base ?>/staff/discipline/"><?cs var:Text.discipline.title ?></a></li><li><a href="<?cs var:Site.base ?>/staff/discipline/officers"><?cs var:Text.discipline.officers.title ?></a></li><li><a href="<?cs var:Site.base ?>/staff/discipline/passphrase"><?cs var:Text.discipline.passphrase.title ?></a></li></ul></nav>
<form class="noprint field" method="post" action="<?cs var:Site.base ?>/staff/discipline/shut"><?cs call:form_token() ?><?cs call:button_second(Text.discipline.shut) ?></form>
<?cs /def ?>
