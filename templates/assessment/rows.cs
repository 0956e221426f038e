<?cs include!"staff.cs" ?><?cs # Tables of orders and circulars: what order_show_rows() and circular_show_rows() set as Orders and Circulars.

?><?cs def:order_table(heading) ?><div class="scroll" role="group" aria-labelledby="<?cs var:heading ?>" tabindex="0"><table><thead><tr><th scope="col"><?cs var:Text.order.number ?></th><th scope="col"><?cs var:Text.staff.field.state ?></th><th scope="col"><?cs var:Text.order.unit ?></th><th scope="col"><?cs var:Text.order.what ?></th><th scope="col"><?cs var:Text.order.due ?></th><th scope="col"><?cs var:Text.order.ticket ?></th><th scope="col"><?cs var:Text.order.given ?></th></tr></thead><tbody>
<?cs each:r = Orders ?><tr><th scope="row"><a class="no" href="<?cs var:Site.base ?>/staff/assessment/order/<?cs var:r.id ?>"><?cs var:r.id ?></a></th>
<td><?cs call:tag(r.state, r.colour) ?><?cs if:r.is_late ?><br><span class="small"><?cs var:Text.order.late ?></span><?cs /if ?><?cs if:?r.refusals ?><br><span class="small"><?cs var:Text.order.refused_times ?> <?cs var:r.refusals ?></span><?cs /if ?></td>
<td><?cs var:r.unit ?></td><td><?cs var:r.reason ?><?cs if:r.words ?><br><span class="small"><?cs var:r.words ?></span><?cs /if ?></td>
<td><?cs call:moment(r.due) ?><?cs if:?r.granted.ms ?><br><span class="small"><?cs var:Text.staff.clock.granted ?> <?cs call:moment(r.granted) ?></span><?cs /if ?></td>
<td><?cs if:?r.ticket ?><a class="no" href="<?cs var:Site.base ?>/staff/ticket/<?cs var:r.ticket ?>"><?cs var:r.ticket_text ?></a><?cs else ?>–<?cs /if ?></td>
<td><?cs call:moment(r.given) ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs /def ?><?cs #

?><?cs def:circular_table(heading) ?><div class="scroll" role="group" aria-labelledby="<?cs var:heading ?>" tabindex="0"><table><thead><tr><th scope="col"><?cs var:Text.circular.subject ?></th><th scope="col"><?cs var:Text.circular.unit ?></th><th scope="col"><?cs var:Text.circular.published ?></th></tr></thead><tbody>
<?cs each:r = Circulars ?><tr><th scope="row"><a href="<?cs var:Site.base ?>/staff/assessment/circular/<?cs var:r.id ?>"><?cs var:r.title ?></a> <span class="small"><?cs var:r.number ?></span><?cs if:?r.withdrawn.ms ?> <?cs call:tag(Text.circular.withdrawn, "warn") ?><?cs /if ?></th>
<td><?cs var:r.unit ?></td><td><?cs call:moment(r.published) ?></td></tr>
<?cs /each ?></tbody></table></div>
<?cs /def ?><?cs #

?><?cs def:column(words) ?><th scope="col"><?cs var:words ?></th><?cs /def ?>
