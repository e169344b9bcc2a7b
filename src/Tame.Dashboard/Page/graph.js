// Shows the drawing that the program made: numbers, colors, zoom, search and keys. The program places the nodes.

const mostScale = 1.25;
const readable = .62;
const legend = 30;

export class Graph {
  view = null;
  nodes = new Map();
  edges = new Map();
  selected = null;
  least = readable;

  constructor(canvas, select) {
    this.canvas = canvas;
    this.select = select;
    this.pointers = new Map();
    canvas.addEventListener('pointerdown', event => this.down(event));
    canvas.addEventListener('pointermove', event => this.move(event));
    for (const name of ['pointerup', 'pointercancel']) canvas.addEventListener(name, event => this.pointers.delete(event.pointerId));
    canvas.addEventListener('click', event => this.click(event));
    canvas.addEventListener('wheel', event => { event.preventDefault(); this.zoom(Math.exp(-event.deltaY * .0015), event); }, { passive: false });
    canvas.addEventListener('keydown', event => this.key(event));
    new ResizeObserver(() => this.follows ? this.fit() : this.apply()).observe(canvas);
    this.follows = true;
  }

  show(text) {
    const svg = document.importNode(new DOMParser().parseFromString(text, 'image/svg+xml').documentElement, true);
    const focused = document.activeElement?.dataset?.id;
    const before = new Set(this.nodes.keys());
    this.bounds = svg.viewBox.baseVal;
    this.bounds = { x: this.bounds.x, y: this.bounds.y, width: this.bounds.width, height: this.bounds.height };
    this.svg?.remove();
    this.svg = this.canvas.appendChild(svg);
    this.nodes = new Map([...svg.querySelectorAll('.node')].map(node => [node.dataset.id, node]));
    this.edges = new Map([...svg.querySelectorAll('.edge')].map(edge => [edge.dataset.id, edge]));
    if (before.size) for (const [id, node] of this.nodes) node.classList.toggle('new', !before.has(id));
    if (focused) this.nodes.get(focused)?.focus({ preventScroll: true });
    this.follows || !this.view ? this.fit() : this.apply();
    this.mark(this.selected);
    this.search(this.term ?? '');
  }

  // Nodes are [id, calls that wait, five costs], edges are [id, count, rate, five costs].
  count(counts, metric) {
    const most = Math.max(0, ...counts.edges.map(edge => edge[3 + metric]));
    const traffic = Math.max(0, ...counts.edges.map(edge => edge[2] || 0)) > 0 ? 2 : 1;
    const busiest = Math.max(1e-9, ...counts.edges.map(edge => edge[traffic]));
    const color = cost => cost > 0 && most > 0 ? Math.max(1, 5 + Math.ceil(Math.log10(cost / most) * 2)) : 0;
    for (const [id, blocked, ...costs] of counts.nodes) {
      const node = this.nodes.get(String(id));
      if (!node) continue;
      node.classList.toggle('busy', blocked > 0);
      node.querySelector('.badge text').textContent = blocked > 9999 ? `${Math.floor(blocked / 1000)}k` : blocked;
      node.setAttribute('aria-label', `${node.querySelector('.title').textContent}, ${node.querySelector('.subtitle').textContent}, ${blocked} waiting`);
    }
    for (const edge of counts.edges) {
      const element = this.edges.get(String(edge[0]));
      if (!element) continue;
      const width = 1.2 + 5.8 * Math.sqrt(edge[traffic] / busiest);
      element.querySelector('.line').style.strokeWidth = width;
      for (let i = 1; i <= 5; i++) element.classList.toggle(`c${i}`, color(edge[3 + metric]) === i);
    }
    return most;
  }

  // Shows everything on request, and before that as much of the upper end as is readable.
  fit() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    if (!this.bounds || !width || !height) return;
    const whole = Math.min(width / this.bounds.width, (height - legend) / this.bounds.height, mostScale);
    const scale = Math.max(whole, this.least);
    const first = this.nodes.values().next().value?.querySelector('.box');
    const middle = scale === whole || !first ? this.bounds.x + this.bounds.width / 2 : first.parentNode.transform.baseVal[0].matrix.e + first.width.baseVal.value / 2;
    this.view = { scale, x: middle - width / scale / 2, y: scale === whole ? this.bounds.y + (this.bounds.height - (height - legend) / scale) / 2 : this.bounds.y };
    this.follows = true;
    this.apply();
  }

  apply() {
    if (this.svg && this.view) this.svg.setAttribute('viewBox', `${this.view.x} ${this.view.y} ${this.canvas.clientWidth / this.view.scale} ${this.canvas.clientHeight / this.view.scale}`);
  }

  zoom(factor, at) {
    if (!this.view) return;
    const box = this.canvas.getBoundingClientRect();
    const [x, y] = at ? [at.clientX - box.left, at.clientY - box.top] : [box.width / 2, box.height / 2];
    const scale = Math.min(4, Math.max(.05, this.view.scale * factor));
    this.view.x += x / this.view.scale - x / scale;
    this.view.y += y / this.view.scale - y / scale;
    this.view.scale = scale;
    this.follows = false;
    this.apply();
  }

  pan(x, y) {
    if (!this.view) return;
    this.view.x -= x / this.view.scale;
    this.view.y -= y / this.view.scale;
    this.follows = false;
    this.apply();
  }

  down(event) {
    this.pointers.set(event.pointerId, event);
    if (this.pointers.size === 1) this.moved = 0;
  }

  move(event) {
    const last = this.pointers.get(event.pointerId);
    if (!last) return;
    this.moved += Math.hypot(event.clientX - last.clientX, event.clientY - last.clientY);
    if (this.moved < 4) return;
    // Not earlier: the click of a captured pointer would go to the canvas.
    this.canvas.setPointerCapture(event.pointerId);
    if (this.pointers.size === 2) {
      const other = [...this.pointers.values()].find(pointer => pointer.pointerId !== event.pointerId);
      const distance = pointer => Math.hypot(pointer.clientX - other.clientX, pointer.clientY - other.clientY);
      this.zoom(distance(event) / Math.max(1, distance(last)), { clientX: (event.clientX + other.clientX) / 2, clientY: (event.clientY + other.clientY) / 2 });
    } else {
      this.pan(event.clientX - last.clientX, event.clientY - last.clientY);
    }
    this.pointers.set(event.pointerId, event);
  }

  click(event) {
    const dragged = this.moved >= 4;
    this.moved = 0;
    if (dragged) return;
    const part = event.target.closest('.node, .edge');
    this.select(part && { kind: part.classList.contains('node') ? 'node' : 'edge', id: part.dataset.id });
  }

  key(event) {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    const node = document.activeElement?.closest?.('.node');
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (step && event.shiftKey) this.pan(-60 * step[0], -60 * step[1]);
    else if (step) this.go(node, step);
    else if (node && (event.key === 'Enter' || event.key === ' ')) this.select({ kind: 'node', id: node.dataset.id });
    else return;
    event.preventDefault();
  }

  // The nearest node in a direction; a sideways distance counts double.
  go(from, [dx, dy]) {
    const middle = node => { const box = node.querySelector('.box').getBoundingClientRect(); return [box.x + box.width / 2, box.y + box.height / 2]; };
    let best = null, nearest = Infinity;
    const start = from && middle(from);
    for (const node of this.nodes.values()) {
      if (!from) { best = node; break; }
      const [x, y] = middle(node).map((value, i) => value - start[i]);
      const along = x * dx + y * dy, aside = Math.abs(x * dy) + Math.abs(y * dx);
      if (node !== from && along > 1 && along + 2 * aside < nearest) [best, nearest] = [node, along + 2 * aside];
    }
    best?.focus({ preventScroll: true });
    if (best) this.reveal(best);
  }

  reveal(node) {
    const box = node.getBoundingClientRect(), frame = this.canvas.getBoundingClientRect();
    const over = (low, high, least, most) => low < least ? least - low : high > most ? most - high : 0;
    const x = over(box.left - 20, box.right + 20, frame.left, frame.right), y = over(box.top - 20, box.bottom + 20, frame.top, frame.bottom);
    if (x || y) this.pan(x, y);
  }

  search(term) {
    this.term = term;
    const words = term.toLowerCase().split(/\s+/).filter(Boolean);
    let found = [];
    for (const node of this.nodes.values()) {
      const text = node.dataset.name.toLowerCase();
      const matches = words.length > 0 && words.every(word => text.includes(word));
      node.classList.toggle('match', matches);
      if (matches) found.push(node);
    }
    this.canvas.classList.toggle('searching', words.length > 0);
    return found;
  }

  mark(part) {
    this.selected = part;
    for (const element of this.canvas.querySelectorAll('.selected')) element.classList.remove('selected');
    if (part) (part.kind === 'node' ? this.nodes : this.edges).get(part.id)?.classList.add('selected');
  }
}
