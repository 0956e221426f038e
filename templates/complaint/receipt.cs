<?cs #
What the resident keeps.
?><?cs include!"complaint/clocks.cs" ?><?cs call:public_start() ?><div class="panel"><h1><?cs var:Page.title ?></h1>
<dl><div><dt><?cs var:Text.complaint.number ?></dt><dd class="number"><?cs var:Ticket.number_text ?></dd></div>
<div><dt><?cs var:Text.complaint.code ?></dt><dd class="number"><?cs var:Ticket.code_text ?></dd></div></dl>
<p><?cs var:Text.complaint.receipt.keep ?></p><?cs if:?Ticket.message ?><p><?cs var:Ticket.message ?></p><?cs /if ?></div>
<p><?cs var:Ticket.matter ?> · <?cs var:Ticket.place ?> · <?cs call:moment(Ticket.reported) ?></p>
<h2><?cs var:Text.complaint.receipt.promise ?></h2>
<?cs if:has_clocks ?><?cs call:clock_list(Clocks) ?><?cs else ?><p><?cs var:Text.complaint.no_clock ?></p>
<?cs /if ?><?cs if:has_clocks ?><h2><?cs var:Text.complaint.receipt.next ?></h2>
<ol><?cs if:?Next.accept ?><li><?cs var:Next.accept ?></li><?cs /if ?><li><?cs var:Text.complaint.receipt.next_2 ?></li><li><?cs var:Text.complaint.receipt.next_3 ?></li></ol>
<?cs /if ?><p><?cs var:Text.complaint.receipt.call ?> <?cs call:hotline_link() ?></p>
<?cs if:has_clocks ?><p class="noprint"><a class="lone" href="<?cs var:Site.base ?>/complaint/receipt/calendar?d=<?cs var:url_escape(Draft.id) ?>" download="<?cs var:Ticket.number ?>.ics"><?cs var:Text.receipt.calendar ?></a></p>
<?cs /if ?><p class="noprint hint"><?cs var:Text.receipt.print ?></p>
<p><a class="button" href="<?cs var:Site.base ?>/complaint/progress/<?cs var:url_escape(Ticket.number) ?>"><?cs var:Text.complaint.receipt.follow ?></a></p>
<h2><?cs var:Text.complaint.receipt.link ?></h2>
<p><?cs var:Text.complaint.receipt.link_hint ?></p>
<?cs call:qr(Ticket.qr, Text.receipt.qr) ?><p class="small"><a href="<?cs var:Site.base ?>/complaint/link/<?cs var:url_escape(Ticket.token) ?>"><?cs var:Ticket.link ?></a></p>
<?cs call:public_end() ?>
