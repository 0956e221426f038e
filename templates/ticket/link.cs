<?cs #
Handing out a link to an assignment's page on a phone.
?><?cs include!"staff.cs" ?><?cs call:staff_start() ?><?cs call:back_link("/staff/ticket/" + Ticket.number, Ticket.number_text) ?><?cs call:error_summary() ?><h1><?cs var:Page.title ?></h1>
<p><?cs var:Ticket.place ?></p>
<?cs if:?Link.url ?><div class="panel" role="status"><h2><?cs var:Text.crew.link.ready ?>: <?cs var:Link.name ?></h2>
<p><a id="crew-link" href="<?cs var:Link.url ?>"><?cs var:Link.url ?></a></p>
<?cs call:qr(Link.qr, Text.crew.link.qr) ?><p><?cs var:Text.crew.link.until ?> <?cs call:moment(Link.until) ?></p></div>
<?cs /if ?><p><?cs var:Text.crew.link.intro ?></p>
<?cs if:?People.0.value ?><form method="post" action="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>/link"><?cs call:form_token() ?>
<?cs call:radios(Form.who, "who", Text.crew.link.who, "", People) ?>
<?cs call:button(Text.crew.link.button) ?></form>
<?cs else ?><?cs call:notice(Text.crew.link.nobody, "warn") ?><?cs /if ?><?cs call:staff_end() ?>
