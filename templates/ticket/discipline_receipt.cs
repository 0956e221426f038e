<?cs include!"staff.cs" ?><?cs call:staff_start() ?>
<div class="narrow"><h1><?cs var:Text.hand.receipt.title ?></h1>
<p><?cs var:Text.hand.receipt.gone ?></p>
<p><?cs var:Text.hand.receipt.tell ?></p>
<dl class="rows"><div><dt><?cs var:Text.sealed.number ?></dt><dd class="number"><?cs var:Case.number_text ?></dd></div><div><dt><?cs var:Text.complaint.code ?></dt><dd class="number"><?cs var:Case.code_text ?></dd></div></dl>
<p><a class="button" href="<?cs var:Site.base ?>/staff/ticket/"><?cs var:Text.hand.receipt.on ?></a></p></div>
<?cs call:staff_end() ?>
