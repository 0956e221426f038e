<?cs #
The dispatch slip: A5, one page, for whoever goes there. It names the customer in clear, so that each print is recorded.
?><?cs include!"layout.cs" ?><?cs call:page_head("slip", "") ?><body class="slip">
<main id="main">
<p class="noprint"><a href="<?cs var:Site.base ?>/staff/ticket/<?cs var:Ticket.number ?>"><?cs var:Text.slip.back ?></a> <?cs var:Text.slip.print ?></p>
<h1><?cs var:Text.slip.title ?> <span><?cs var:Ticket.number_text ?></span></h1>
<?cs call:qr(Ticket.qr, Text.slip.qr) ?><dl><?cs call:row(Text.staff.field.category, Ticket.category) ?><?cs if:Ticket.grades ?><?cs call:row(Text.slip.grades, Ticket.grades) ?><?cs /if ?><?cs call:row(Text.staff.field.place, Ticket.place) ?><?cs if:Person.address ?><?cs call:row(Text.slip.address, Person.address) ?><?cs /if ?><?cs if:Person.name ?><?cs call:row(Text.slip.name, Person.name) ?><?cs /if ?><?cs if:Person.phone ?><?cs call:row(Text.slip.phone, Person.phone) ?><?cs /if ?><?cs if:Person.account ?><?cs call:row(Text.slip.account, Person.account) ?><?cs /if ?><div><dt><?cs var:Text.slip.reported ?></dt><dd><?cs call:moment(Ticket.reported) ?></dd></div><?cs if:?Ticket.appointment.ms ?><div><dt><?cs var:Text.slip.appointment ?></dt><dd><?cs call:moment(Ticket.appointment) ?></dd></div><?cs /if ?><?cs if:Ticket.unit ?><?cs call:row(Text.slip.unit, Ticket.unit) ?><?cs /if ?></dl>
<?cs if:Ticket.words ?><p class="words"><?cs var:Ticket.words ?></p>
<?cs /if ?><?cs if:?Clocks.0.name ?><table><caption><?cs var:Text.slip.due ?></caption><tbody><?cs each:c = Clocks ?><tr><th scope="row"><?cs var:c.name ?> <span><?cs var:c.article ?></span></th><td><?cs if:?c.granted.ms ?><?cs var:Text.staff.clock.due ?> <?cs call:moment(c.original) ?> · <?cs var:Text.staff.clock.granted ?> <?cs call:moment(c.granted) ?><?cs else ?><?cs call:moment(c.due) ?><?cs /if ?></td></tr>
<?cs /each ?></tbody></table>
<?cs /if ?><p class="line"><?cs var:Text.slip.arrived ?></p>
<p class="line"><?cs var:Text.slip.result ?></p>
<p class="line"><?cs var:Text.slip.customer ?></p>
<p class="line"><?cs var:Text.slip.worker ?></p>
<p class="small"><?cs var:Text.slip.printed ?> <?cs var:Actor.name ?> <?cs call:moment(printed) ?></p>
</main>
</body>
</html>
