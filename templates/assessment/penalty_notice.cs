<?cs #
The notice of a penalty: A4, for the unit, with the article quoted.
?><?cs include!"layout.cs" ?><?cs def:ground(g) ?><li><?cs if:?g.Ticket.number ?><?cs var:g.Ticket.text ?> <?cs elif:?g.outage ?><?cs var:Text.ledger.outage ?> <?cs var:g.outage ?> <?cs /if ?><?cs if:?g.Earlier.number ?><?cs var:Text.ledger.earlier ?> <?cs var:g.Earlier.text ?> <?cs /if ?><?cs if:?g.clock ?><br><?cs var:g.clock ?>: <?cs var:Text.ledger.due ?> <?cs var:g.due_date ?><?cs if:?g.granted_date ?> · <?cs var:Text.staff.clock.granted ?> <?cs var:g.granted_date ?><?cs /if ?><?cs if:?g.stopped_date ?> · <?cs var:Text.ledger.stopped ?> <?cs var:g.stopped_date ?><?cs else ?> · <?cs var:Text.ledger.runs ?><?cs /if ?><?cs if:?g.late ?> · <?cs var:Text.staff.clock.late ?> <?cs var:g.late ?><?cs /if ?><?cs /if ?></li>
<?cs /def ?><?cs call:page_head("notice", "") ?><body class="notice">
<main id="main">
<p class="noprint"><a href="<?cs var:Site.base ?>/staff/assessment/ledger/<?cs var:Penalty.id ?>"><?cs var:Text.ledger.notice.back ?></a> <?cs var:Text.ledger.notice.print ?></p>
<h1><?cs var:Text.ledger.notice.title ?></h1>
<p class="notice-no"><?cs var:Text.ledger.number ?> <?cs var:Penalty.id ?></p>
<p class="to"><?cs var:Penalty.unit ?>:</p>
<p><?cs var:Text.ledger.notice.because ?> <strong><?cs var:Penalty.what ?></strong> (<?cs var:Penalty.happened_date ?>)</p>
<?cs if:Penalty.words ?><p class="words"><?cs var:Penalty.words ?></p><?cs /if ?><?cs if:?Grounds.0.clock || ?Grounds.0.Ticket.number || ?Grounds.0.outage ?><ul><?cs each:g = Grounds ?><?cs call:ground(g) ?><?cs /each ?></ul><?cs /if ?>
<h2><?cs var:Penalty.heading ?></h2>
<blockquote><p><?cs var:Penalty.clause ?></p></blockquote>
<table><caption><?cs var:Text.ledger.notice.amounts ?></caption><tbody><tr><th scope="row"><?cs var:Penalty.unit ?></th><td><?cs var:Penalty.unit_amount ?></td></tr><?cs if:?Penalty.leader ?><tr><th scope="row"><?cs var:Text.ledger.field.leader ?> <?cs var:Penalty.leader ?></th><td><?cs var:Penalty.leader_amount ?></td></tr><?cs /if ?><?cs if:?Penalty.person ?><tr><th scope="row"><?cs var:Text.ledger.field.person ?> <?cs var:Penalty.person ?></th><td><?cs var:Penalty.person_amount ?></td></tr><?cs /if ?><tr><th scope="row"><?cs var:Text.ledger.notice.total ?></th><td><?cs var:Penalty.total ?></td></tr></tbody></table>
<?cs if:Penalty.is_circular ?><p><?cs var:Text.ledger.notice.circular ?></p><?cs /if ?><?cs if:Penalty.is_rectify ?><p><?cs var:Text.ledger.notice.rectify ?></p><?cs /if ?><p><?cs var:Text.ledger.notice.answer ?></p>
<p class="sign"><?cs var:Text.ledger.notice.by ?><br><?cs var:Penalty.confirmed_date ?></p>
<p class="small"><?cs var:Text.slip.printed ?> <?cs var:Actor.name ?> <?cs call:moment(printed) ?></p>
</main>
</body>
</html>
