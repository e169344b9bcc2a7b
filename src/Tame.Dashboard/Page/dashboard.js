// Connects the page with the program: one stream of events comes in, requests for details go out.
import { Curves, drawResource, format } from './curves.js';
import { Graph } from './graph.js';

const get = id => document.getElementById(id);
const viewName = sessionStorage.getItem('tame-view') ?? Math.random().toString(36).slice(2);
sessionStorage.setItem('tame-view', viewName);
const fragment = new URLSearchParams(location.hash.slice(1));
if (fragment.get('token')) {
  sessionStorage.setItem('tame-token', fragment.get('token'));
  history.replaceState(null, '', location.pathname);
}

const curves = new Curves(get('curves'));
const graph = new Graph(get('canvas'), part => open(part));
const opened = new Set();
let layouts = Date.now() % 1e9 | 0;
let source, selected, counts;

function connect() {
  source?.close();
  source = new EventSource(`live?view=${viewName}&open=${[...opened].join()}&layout=${layouts}`);
  source.onopen = () => say('live');
  source.onerror = event => {
    say('reconnecting');
    // The browser does not reopen a refused stream.
    if (event.target.readyState === EventSource.CLOSED) setTimeout(() => source === event.target && connect(), 5000);
  };
  const on = (name, take) => source.addEventListener(name, event => take(event.data));
  on('past', data => curves.past(JSON.parse(data)));
  on('figures', data => showFigures(JSON.parse(data)));
  on('graph', data => { graph.show(data); showCounts(); });
  on('counts', data => { counts = JSON.parse(data); showCounts(); });
}

function say(state) {
  get('state').dataset.state = state;
  get('state').textContent = state;
}

function showFigures(figures) {
  curves.add(figures);
  get('waiting').replaceChildren(Object.assign(document.createElement('b'), { textContent: figures.blocked.toLocaleString('en-US') }), figures.blocked === 1 ? ' call waits' : ' calls wait');
  for (const button of get('profile').children) button.setAttribute('aria-pressed', button.dataset.to === figures.profile);
  const list = get('lost').querySelector('ol');
  list.replaceChildren(...figures.lost.map(loss => {
    const item = document.createElement('li');
    item.append(Object.assign(document.createElement('b'), { textContent: loss.count }), loss.method, Object.assign(document.createElement('small'), { textContent: loss.place }));
    return item;
  }));
  get('lost').querySelector('p').hidden = figures.lost.length > 0;
  get('policy').hidden = !figures.policy;
  if (figures.policy) {
    get('policy').querySelector('p').textContent = figures.policy.name;
    get('policy').querySelector('div').replaceChildren();
    for (const resource of figures.policy.resources) drawResource(get('policy').querySelector('div'), resource);
  }
}

function showCounts() {
  if (!counts) return;
  const metric = Number(get('cost').value);
  const most = graph.count(counts, metric);
  const unit = ['nanoseconds', 'bytes', 'bytes', 'number', 'nanoseconds'][metric];
  get('scale').textContent = most > 0 ? `up to ${format[unit](most)} a stretch` : 'no costs known';
  get('empty').hidden = counts.nodes.length > 0;
}

function open(part) {
  const node = part?.kind === 'node' && graph.nodes.get(part.id);
  if (node && node.classList.contains('method')) return toggleMethod(node.dataset.method);
  selected = part;
  graph.mark(part);
  get('panel').hidden = !part;
  get('details').replaceChildren();
  if (part) refresh();
}

// With too many nodes, each method is one node until it is opened.
function toggleMethod(method) {
  opened.has(method) ? opened.delete(method) : opened.add(method);
  open(null);
  connect();
}

// A refreshed panel keeps what is folded, and the focus.
async function refresh() {
  const part = selected, details = get('details');
  if (!part || document.hidden) return;
  const answer = await fetch(`panel?view=${viewName}&${part.kind}=${part.id}`).catch(() => null);
  if (part !== selected || !answer) return;
  const text = answer.ok ? await answer.text() : '<p>This part is no longer in the drawing.</p>';
  if (part !== selected) return;
  const folded = [...details.querySelectorAll('details')].map(element => !element.open);
  const focus = [...details.querySelectorAll('button, summary')].indexOf(document.activeElement);
  details.innerHTML = text;
  details.querySelectorAll('details').forEach((element, i) => { element.open = !folded[i]; });
  details.querySelectorAll('button, summary')[focus]?.focus();
}

async function change(to, mayAsk) {
  const answer = await fetch(`profile?to=${to}`, { method: 'POST', headers: { 'X-Tame-Token': sessionStorage.getItem('tame-token') ?? '' } });
  if (answer.status !== 403 || !mayAsk) return;
  get('send').onclick = () => { sessionStorage.setItem('tame-token', get('token').value.trim()); get('ask').close(); change(to, false); };
  get('ask').showModal();
}

const relayout = () => { layouts++; graph.follows = true; connect(); };
const find = () => {
  const found = graph.search(get('search').value);
  get('matches').textContent = get('search').value.trim() ? `${found.length} found` : '';
  return found;
};

get('details').addEventListener('click', event => {
  const { node, edge, toggle } = event.target.closest('button')?.dataset ?? {};
  if (node || edge) open({ kind: node ? 'node' : 'edge', id: node ?? edge });
  if (toggle) toggleMethod(toggle);
});
get('profile').addEventListener('click', event => event.target.dataset.to && change(event.target.dataset.to, true));
get('cancel').onclick = () => get('ask').close();
get('close').onclick = () => { open(null); get('canvas').focus(); };
get('in').onclick = () => graph.zoom(1.3);
get('out').onclick = () => graph.zoom(1 / 1.3);
get('fit').onclick = () => { graph.least = 0; graph.fit(); };
get('layout').onclick = relayout;
get('cost').onchange = showCounts;
get('search').oninput = find;
get('search').onkeydown = event => {
  if (event.key === 'Enter') { const [first] = find(); if (first) { graph.reveal(first); first.focus({ preventScroll: true }); } }
  if (event.key === 'Escape') { get('search').value = ''; find(); get('canvas').focus(); }
};
document.addEventListener('keydown', event => {
  if (event.target.matches('input, select') || event.altKey || event.ctrlKey || event.metaKey) return;
  const action = { '/': () => get('search').focus(), '+': () => graph.zoom(1.3), '-': () => graph.zoom(1 / 1.3), 0: () => get('fit').onclick(), l: relayout, Escape: () => selected && get('close').onclick() }[event.key];
  if (action) { event.preventDefault(); action(); }
});
document.addEventListener('visibilitychange', () => document.hidden ? (source?.close(), say('paused')) : connect());
setInterval(refresh, 1000);
connect();
