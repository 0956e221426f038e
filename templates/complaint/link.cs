<?cs #
The private link: one button, so that a preview of the message opens nothing.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><h1><?cs var:Page.title ?></h1>
<form method="post" action="<?cs var:Site.base ?>/complaint/link/<?cs var:url_escape(Link.token) ?>"><?cs call:form_token() ?>
<?cs call:button(Text.complaint.follow.button) ?></form>
<p><?cs var:Text.complaint.link.other ?> <a href="<?cs var:Site.base ?>/complaint/follow"><?cs var:Text.layout.follow ?></a></p>
<?cs call:public_end() ?>
