<!DOCTYPE html><html lang="<?cs var:Page.lang ?>"><title>plain</title><p><?cs var:Page.key ?></p></html>
