<?cs #
Somebody else's report, for a household that it affects, too. What is inside "live" is replaced by the script when it changes.
?><?cs include!"complaint/live.cs" ?><?cs call:public_start() ?><h1><?cs var:Page.title ?></h1>
<?cs call:live_start() ?>
<p><?cs call:tag(Ticket.state, Ticket.kind) ?> <?cs var:Ticket.sentence ?></p>
<?cs call:state_dots() ?><?cs call:promises() ?><?cs call:timeline(Text.affected.first) ?><?cs call:live_end() ?><h2><?cs var:Text.affected.own ?></h2>
<p><?cs var:Text.affected.own_hint ?> <?cs call:hotline_link() ?></p>
<p class="noprint"><?cs if:?Draft.id ?><a class="button second" href="<?cs var:Site.base ?>/complaint/contact?d=<?cs var:url_escape(Draft.id) ?>"><?cs var:Text.affected.go_on ?></a><?cs else ?><a class="button second" href="<?cs var:Site.base ?>/complaint/new"><?cs var:Text.affected.go_on ?></a><?cs /if ?></p>
<h2><?cs var:Text.affected.link ?></h2>
<p><?cs var:Text.affected.link_hint ?></p>
<?cs call:qr(Affected.qr, Text.affected.qr) ?><p class="small"><a href="<?cs var:Site.base ?>/complaint/affected/<?cs var:url_escape(Affected.token) ?>"><?cs var:Affected.link ?></a></p>
<?cs call:public_end() ?>
