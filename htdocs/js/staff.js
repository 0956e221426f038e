// Time that counts down by the server's clock, a list that refreshes itself, and keys. All works without it.
'use strict';
(function () {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const words = byId('clock') && byId('clock').dataset;
  let offset = words ? Number(words.now) - Date.now() : 0;

  // ---- counting down, in the server's words

  const fill = (text, ...values) => values.reduce((all, value, i) => all.replace('{' + i + '}', value), text);

  function span(seconds, isOver) {
    const two = (n) => String(n).padStart(2, '0');
    if (seconds < 3600 && !isOver) return two(Math.floor(seconds / 60)) + ':' + two(seconds % 60);
    if (seconds < 3600) return fill(words.m, Math.max(1, Math.floor(seconds / 60)));
    if (seconds < 86400) return fill(words.hm, Math.floor(seconds / 3600), Math.floor(seconds % 3600 / 60));
    return fill(words.dh, Math.floor(seconds / 86400), Math.floor(seconds % 86400 / 3600));
  }

  function tick() {
    for (const time of all('time[data-due]')) {
      const left = Number(time.dataset.due) - (Date.now() + offset);
      const seconds = Math.floor(Math.abs(left) / 1000);
      const text = fill(left < 0 ? words.over : words.left, span(seconds, left < 0));
      if (time.textContent !== text) time.textContent = text;
      time.className = 'count ' + (left < 0 ? 'late' : seconds < 1800 ? 'soon' : 'ok');
    }
  }
  if (words) {
    tick();
    setInterval(tick, 1000);
  }

  // ---- the list refreshes itself, never under somebody's hands

  const list = byId('list');
  const status = byId('status');
  const pause = byId('pause');
  let etag = '';
  let misses = 0;
  let isPaused = false;
  let lastGood = new Date();
  let timer;

  const shape = (root) => all('tbody tr', root).map((row) => row.querySelector('a').id + row.dataset.version).join();

  function isBusy() {
    const chosen = window.getSelection();
    return list.contains(document.activeElement) ||
      (chosen && !chosen.isCollapsed && list.contains(chosen.anchorNode));
  }

  const renew = (id, page) => byId(id).replaceChildren(...page.getElementById(id).childNodes);

  function put(page) {
    renew('list', page);
    renew('views', page);
    status.textContent = status.dataset.fresh;
    tick();
  }

  function take(page) {
    if (shape(page.getElementById('list')) === shape(list)) {
      if (!byId('views').contains(document.activeElement)) renew('views', page);
      return;
    }
    if (!isBusy()) {
      put(page);
      return;
    }
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'button second';
    button.textContent = status.dataset.changed;
    button.onclick = () => put(page);
    status.replaceChildren(button);
  }

  async function poll() {
    try {
      const answer = await fetch(location.href, { headers: etag ? { 'If-None-Match': etag } : {}, redirect: 'error' });
      if (answer.status !== 200 && answer.status !== 304) throw new Error(answer.status);
      const date = Date.parse(answer.headers.get('Date'));
      if (date && Math.abs(date - Date.now() - offset) > 2000) offset = date - Date.now();
      if (misses > 2) status.textContent = '';
      misses = 0;
      lastGood = new Date();
      if (answer.status === 200) {
        etag = answer.headers.get('ETag') || '';
        take(new DOMParser().parseFromString(await answer.text(), 'text/html'));
      }
    } catch (error) {
      misses++;
      if (misses > 2) status.textContent = fill(status.dataset.lost, lastGood.toTimeString().slice(0, 5));
    }
    plan();
  }

  function plan() {
    clearTimeout(timer);
    if (!isPaused && !document.hidden) timer = setTimeout(poll, misses > 2 ? 60000 : 15000);
  }

  if (list && window.fetch && list.replaceChildren) {
    pause.hidden = false;
    pause.onclick = () => {
      isPaused = !isPaused;
      pause.textContent = isPaused ? pause.dataset.go : pause.dataset.pause;
      status.textContent = isPaused ? status.dataset.paused : '';
      plan();
    };
    document.addEventListener('visibilitychange', () => (document.hidden || isPaused ? clearTimeout(timer) : poll()));
    sessionStorage.setItem('sn_list', JSON.stringify(all('a.no', list).map((link) => link.pathname)));
    plan();
  }

  // ---- keys

  const help = byId('keys');
  if (!help) return;
  const isOn = () => localStorage.getItem('sn_keys') !== '0';
  const opener = byId('show-keys');
  const toggle = byId('keys-on');
  let before = null;

  function showHelp(isShown) {
    help.hidden = !isShown;
    if (isShown) {
      before = document.activeElement;
      toggle.checked = isOn();
      toggle.focus();
    } else if (before) before.focus();
  }
  toggle.onchange = () => localStorage.setItem('sn_keys', toggle.checked ? '1' : '0');
  byId('keys-close').onclick = () => showHelp(false);
  if (opener) {
    opener.hidden = false;
    opener.onclick = () => showHelp(true);
  }

  function step(by) {
    const links = all('a.no');
    const at = links.indexOf(document.activeElement);
    const link = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
    if (link) link.focus();
  }

  function neighbour(by) {
    const paths = JSON.parse(sessionStorage.getItem('sn_list') || '[]');
    const at = paths.indexOf(location.pathname);
    if (at >= 0 && paths[at + by]) location.href = paths[at + by];
  }

  const keys = {
    '?': () => showHelp(help.hidden),
    j: () => step(1),
    k: () => step(-1),
    '/': () => byId('f-q') && byId('f-q').focus(),
    u: () => byId('back') && byId('back').click(),
    '[': () => neighbour(-1),
    ']': () => neighbour(1),
  };
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape' && !help.hidden) showHelp(false);
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest('input, textarea, select, [contenteditable]')) return;
    if (!keys[event.key] || (!isOn() && event.key !== '?')) return;
    event.preventDefault();
    keys[event.key]();
  });
})();
