// Time that counts down by the server's clock, pages that refresh themselves, and keys. All works without it.
'use strict';
(function () {
  const byId = (id) => document.getElementById(id);
  const all = (selector, root) => Array.from((root || document).querySelectorAll(selector));
  const fill = (text, ...values) => values.reduce((whole, value, i) => whole.replace('{' + i + '}', value), text);
  const words = byId('clock') && byId('clock').dataset;
  let offset = words ? Number(words.now) - Date.now() : 0;

  // ---- counting down, in the server's words

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

  // ---- places of the register while one types: a list to choose from, whose lines go into the field

  const picker = byId('picker');
  if (picker) {
    const lines = byId('f-places');
    const row = document.createElement('div');
    row.className = 'field';
    row.innerHTML = '<label for="picker-q"></label><input id="picker-q" class="middle" type="text" role="combobox" autocomplete="off" aria-autocomplete="list" aria-expanded="false" aria-controls="picker-list"><ul id="picker-list" role="listbox" hidden></ul><p class="unseen" role="status"></p>';
    picker.prepend(row);
    const [label, input, list, status] = row.children;
    label.textContent = list.ariaLabel = picker.dataset.label;
    let asked = 0;
    let found = [];
    let now = -1;

    const close = () => {
      list.hidden = true;
      now = -1;
      input.setAttribute('aria-expanded', 'false');
      input.removeAttribute('aria-activedescendant');
    };
    const choose = (place) => {
      const had = lines.value.split('\n').map((line) => line.trim()).filter(Boolean);
      if (!had.includes(place.line)) lines.value = had.concat(place.line).join('\n');
      input.value = '';
      status.textContent = place.name;
      close();
    };
    const point = (at) => {
      now = found.length ? (at + found.length) % found.length : -1;
      all('li', list).forEach((item, i) => item.setAttribute('aria-selected', String(i === now)));
      if (now >= 0) input.setAttribute('aria-activedescendant', 'picker-' + now);
    };
    const show = (places) => {
      found = places;
      list.replaceChildren(...places.map((place, i) => {
        const item = document.createElement('li');
        item.id = 'picker-' + i;
        item.role = 'option';
        item.textContent = place.name;
        const more = document.createElement('span');
        more.className = 'hint';
        more.textContent = (place.around ? place.around + ' · ' : '') + place.words;
        item.append(more);
        item.addEventListener('mousedown', (event) => { event.preventDefault(); choose(place); });
        return item;
      }));
      list.hidden = places.length === 0;
      input.setAttribute('aria-expanded', String(places.length > 0));
      status.textContent = places.length ? picker.dataset.found + ' ' + places.length : picker.dataset.none;
      now = -1;
    };
    let wait;
    input.addEventListener('input', () => {
      clearTimeout(wait);
      const words = input.value.trim();
      const turn = ++asked;
      if (words.length < 2) { close(); return; }
      wait = setTimeout(async () => {
        try {
          const answer = await fetch(picker.dataset.search + '?q=' + encodeURIComponent(words), { headers: { Accept: 'application/json' } });
          if (answer.ok && turn === asked) show((await answer.json()).places);
        } catch (failure) { close(); }
      }, 150);
    });
    input.addEventListener('keydown', (event) => {
      if (event.isComposing) return;
      if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
        event.preventDefault();
        point(event.key === 'ArrowDown' ? now + 1 : now < 0 ? -1 : now - 1);
      } else if (event.key === 'Enter') {
        event.preventDefault();
        if (!list.hidden && found.length) choose(found[Math.max(now, 0)]);
      } else if (event.key === 'Escape' && !list.hidden) {
        event.stopPropagation();
        close();
      }
    });
    input.addEventListener('blur', close);
  }

  // ---- a bell for what is new, when somebody has switched it on; a browser lets it sound after a gesture alone

  const bell = byId('bell');
  const title = document.title;
  let audio;
  let heard = 0;

  const wantsBell = () => localStorage.getItem('sn_bell') === '1';
  const wake = () => { if (wantsBell() && !audio && window.AudioContext) audio = new AudioContext(); };

  function sound() {
    if (!audio) return;
    for (const [at, pitch] of [[0, 880], [0.25, 660]]) {
      const tone = audio.createOscillator();
      const level = audio.createGain();
      tone.frequency.value = pitch;
      level.gain.value = 0.2;
      tone.connect(level).connect(audio.destination);
      tone.start(audio.currentTime + at);
      tone.stop(audio.currentTime + at + 0.2);
    }
  }

  const showBell = () => { bell.textContent = wantsBell() ? bell.dataset.on : bell.dataset.off; };
  if (bell) {
    bell.hidden = false;
    showBell();
    bell.onclick = () => {
      localStorage.setItem('sn_bell', wantsBell() ? '0' : '1');
      showBell();
      wake();
      if (wantsBell()) sound();
    };
    for (const gesture of ['pointerdown', 'keydown']) document.addEventListener(gesture, wake, { once: true });
    window.addEventListener('focus', () => {
      heard = 0;
      document.title = title;
    });
  }

  /** More of what rings than before, or a reminder of it: in the title and heard; the words to be said once, or ''. */
  function ring(before, fresh) {
    const isMore = (name) => Number(fresh[name]) > Number(before[name]);
    const said = isMore('reminder') ? fresh.reminderWords : isMore('bell') || isMore('count') ? fresh.words : '';
    if (!bell || !wantsBell() || !said) return '';
    heard++;
    document.title = '(' + heard + ') ' + title;
    sound();
    return said;
  }

  // ---- a page refreshes itself, never under somebody's hands

  const list = byId('list');
  const status = byId('status');
  const pause = byId('pause');
  const EVERY = 15000;
  let etag = list ? list.dataset.etag || '' : '';
  let misses = 0;
  let isPaused = false;
  let lastGood = new Date();
  let pending = null;
  let timer;

  const versions = (root) => new Map(all('tbody tr', root).map((row) => [row.id, row.dataset.version]));
  const chosen = () => all('input:checked', list);

  /** Rows that came, went or are another version. */
  function changes(before, after) {
    let count = 0;
    for (const [id, version] of after) if (before.get(id) !== version) count++;
    for (const id of before.keys()) if (!after.has(id)) count++;
    return count;
  }

  function isBusy() {
    const selection = window.getSelection();
    return list.matches(':hover') || list.contains(document.activeElement) || chosen().length > 0 ||
      (selection && !selection.isCollapsed && list.contains(selection.anchorNode));
  }

  const renew = (id, page) => byId(id).replaceChildren(...page.getElementById(id).childNodes);

  function put(page) {
    const boxes = chosen().map((box) => box.id);
    pending = null;
    renew('list', page);
    for (const id of boxes) if (byId(id)) byId(id).checked = true;
    status.textContent = status.dataset.fresh;
    tick();
  }

  function offer(page, count) {
    const button = document.createElement('button');
    pending = page;
    button.type = 'button';
    button.className = 'button second';
    button.textContent = fill(status.dataset.changed, count);
    button.onclick = () => put(page);
    status.replaceChildren(button);
  }

  function take(page) {
    const views = byId('views');
    const fresh = page.getElementById('views');
    const said = views ? ring(views.dataset, fresh.dataset) : '';
    if (views) {
      Object.assign(views.dataset, fresh.dataset);
      if (!views.contains(document.activeElement)) renew('views', page);
    }
    const count = changes(versions(list), versions(page.getElementById('list')));
    if (list.dataset.whole || (count > 0 && !isBusy())) put(page);
    else if (count > 0) offer(page, count);
    else pending = null;
    if (said && !pending) status.textContent = said;
  }

  async function poll() {
    try {
      const answer = await fetch(location.href, { headers: etag ? { 'If-None-Match': etag } : {}, redirect: 'error' });
      if (answer.status !== 200 && answer.status !== 304) throw new Error(answer.status);
      const time = Number(answer.headers.get('X-Now'));
      if (time) offset = time - Date.now();
      if (misses > 2) status.textContent = '';
      misses = 0;
      lastGood = new Date();
      etag = answer.headers.get('ETag') || etag;
      if (answer.status === 200) take(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch (error) {
      misses++;
      if (misses > 2) status.textContent = fill(status.dataset.lost, lastGood.toTimeString().slice(0, 5));
    }
    plan();
  }

  function plan() {
    clearTimeout(timer);
    if (!isPaused && !document.hidden) timer = setTimeout(poll, Math.min(EVERY * 2 ** Math.max(0, misses - 1), 60000));
  }

  if (list && pause && window.fetch && list.replaceChildren) {
    pause.hidden = false;
    byId('reload').hidden = true;
    pause.onclick = () => {
      isPaused = !isPaused;
      pause.textContent = isPaused ? pause.dataset.go : pause.dataset.pause;
      status.textContent = isPaused ? status.dataset.paused : '';
      if (isPaused) plan();
      else poll();
    };
    list.addEventListener('mouseleave', () => setTimeout(() => pending && !isBusy() && put(pending), 0));
    document.addEventListener('visibilitychange', () => (document.hidden || isPaused ? clearTimeout(timer) : poll()));
    plan();
  }

  // ---- keys

  const help = byId('keys');
  if (location.hash.startsWith('#act-') && byId(location.hash.slice(1))) byId(location.hash.slice(1)).open = true;
  if (!help) return;
  const isOn = () => localStorage.getItem('sn_keys') !== '0';
  const opener = byId('show-keys');
  const toggle = byId('keys-on');
  let before = null;
  let prefix = '';
  let dotted = 0;
  let anchor = null;

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

  const press = (id) => { if (byId(id)) byId(id).click(); };
  const rowNow = () => document.activeElement.closest('#list tbody tr');
  const linkIn = (row) => row && row.querySelector('a.no');

  function step(by) {
    const links = all('#list a.no');
    const at = links.indexOf(linkIn(rowNow()));
    const link = links[at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by];
    if (link) link.focus();
  }

  function pick(isRange) {
    const row = rowNow();
    const box = row && row.querySelector('input[type=checkbox]');
    if (!box) return;
    box.checked = isRange || !box.checked;
    const boxes = all('#list tbody input[type=checkbox]');
    const [from, to] = [boxes.indexOf(anchor), boxes.indexOf(box)].sort((a, b) => a - b);
    if (isRange && from >= 0) for (const each of boxes.slice(from, to + 1)) each.checked = true;
    anchor = box;
  }

  /** The first of these forms that stands on the page; from a list: that of the row's ticket. */
  function act(...names) {
    const form = names.map((name) => byId('act-' + name)).find(Boolean);
    if (form) {
      form.open = true;
      form.querySelector('select, textarea, input:not([type=hidden])').focus();
    } else if (names[0] === 'dispatch' && list && chosen().length) byId('bulk').requestSubmit();
    else if (linkIn(rowNow())) location.href = linkIn(rowNow()).href + '#act-' + names[0];
  }

  function copy() {
    const link = linkIn(rowNow());
    const number = link ? link.textContent : (document.querySelector('h1 .no') || {}).textContent;
    if (!number || !navigator.clipboard) return;
    const isSecond = Date.now() - dotted < 600;
    dotted = isSecond ? 0 : Date.now();
    const address = (link ? link.href : location.href).split('?')[0].split('#')[0];
    navigator.clipboard.writeText(isSecond ? number + ' ' + address : number);
  }

  const keys = {
    '?': () => showHelp(help.hidden),
    '/': () => (byId('f-q') ? byId('f-q').focus() : press('back')),
    j: () => step(1),
    k: () => step(-1),
    o: () => linkIn(rowNow()) && linkIn(rowNow()).click(),
    x: () => pick(false),
    X: () => pick(true),
    d: () => act('dispatch'),
    r: () => act('contact', 'add-words'),
    c: () => act('note'),
    e: () => act('finish'),
    '.': copy,
    u: () => press('back'),
    '[': () => press('prev'),
    ']': () => press('next'),
    p: () => (byId('slip') ? press('slip') : window.print()),
    gm: () => press('v-mine'),
    gw: () => press('v-waiting'),
    gn: () => press('v-undispatched'),
    gd: () => press('v-soon'),
    go: () => press('v-late'),
    ga: () => press('v-all'),
  };

  document.addEventListener('keydown', (event) => {
    const field = event.target.closest('input:not([type=checkbox]), textarea, select, [contenteditable]');
    if (event.isComposing) return;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
      return;
    }
    if (event.key === 'Escape') {
      if (!help.hidden) showHelp(false);
      else if (field) field.blur();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || field || (!isOn() && event.key !== '?')) return;
    const arrow = rowNow() && { ArrowDown: 'j', ArrowUp: 'k' }[event.key];
    const name = prefix + (arrow || (event.shiftKey ? event.key.toUpperCase() : event.key.length === 1 ? event.key.toLowerCase() : event.key));
    prefix = !prefix && event.key === 'g' ? 'g' : '';
    if (prefix) setTimeout(() => { prefix = ''; }, 1500);
    if (!keys[name]) return;
    event.preventDefault();
    keys[name]();
  });
})();
