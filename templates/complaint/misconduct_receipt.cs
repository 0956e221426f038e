<?cs #
The number and code of a sealed report: shown once, nowhere kept in clear.
?><?cs include!"layout.cs" ?><?cs call:public_start() ?><div class="panel"><h1><?cs var:Page.title ?></h1>
<dl><div><dt><?cs var:Text.sealed.number ?></dt><dd class="number"><?cs var:Case.number_text ?></dd></div>
<div><dt><?cs var:Text.complaint.code ?></dt><dd class="number"><?cs var:Case.code_text ?></dd></div></dl>
<p><?cs var:Text.sealed.receipt.keep ?></p></div>
<h2><?cs var:Text.complaint.receipt.next ?></h2>
<ol><li><?cs var:Text.sealed.receipt.next_1 ?></li><li><?cs var:Text.sealed.receipt.next_2 ?></li><li><?cs var:Text.sealed.receipt.next_3 ?></li></ol>
<p><a class="button" href="<?cs var:Site.base ?>/complaint/misconduct/answer"><?cs var:Text.sealed.answer.link ?></a></p>
<?cs call:public_end() ?>
