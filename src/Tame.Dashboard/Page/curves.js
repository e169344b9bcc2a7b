// Draws the curves of the last ten minutes, and formats amounts for people.

const minutes = 10;
const span = minutes * 60_000;
const points = 200;

const digits = value => value >= 100 ? Math.round(value).toLocaleString('en-US') : value >= 10 ? value.toFixed(1).replace(/\.0$/, '') : value.toFixed(2).replace(/\.?0+$/, '');

const scaled = (value, units, base) => {
  let i = 0;
  while (Math.abs(value) >= base && i < units.length - 1) { value /= base; i++; }
  return `${digits(value)} ${units[i]}`;
};

export const format = {
  number: digits,
  seconds: value => value === 0 ? '0 s' : scaled(value * 1e9, ['ns', 'µs', 'ms', 's'], 1000),
  nanoseconds: value => scaled(value, ['ns', 'µs', 'ms', 's'], 1000),
  bytes: value => scaled(value, ['B', 'kB', 'MB', 'GB'], 1000),
  share: value => `${Math.round(value * 100)} %`,
};

const shape = (name, attributes, parent) => {
  const element = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return parent.appendChild(element);
};

class Curve {
  values = [];

  constructor(figure, times) {
    this.times = times;
    this.name = figure.dataset.name;
    this.format = format[figure.dataset.unit];
    this.least = figure.dataset.unit === 'share' ? 1 : 0;
    this.value = figure.querySelector('figcaption').appendChild(document.createElement('b'));
    this.svg = shape('svg', { viewBox: `0 0 ${points} 40`, preserveAspectRatio: 'none', role: 'img', 'aria-label': figure.innerText }, figure);
    shape('path', { class: 'base', d: `M0 40H${points}` }, this.svg);
    this.area = shape('path', { class: 'area' }, this.svg);
    this.line = shape('path', { class: 'curve' }, this.svg);
    this.cursor = shape('path', { class: 'cursor' }, this.svg);
    const foot = figure.appendChild(document.createElement('small'));
    [this.from, this.top] = ['span', 'span'].map(tag => foot.appendChild(document.createElement(tag)));
    figure.addEventListener('pointermove', event => this.point(event));
    figure.addEventListener('pointerleave', () => { this.at = undefined; this.draw(); });
  }

  // Each column shows the largest value of its time, so that no peak is lost.
  columns() {
    const end = this.times.at(-1) ?? 0;
    const columns = new Array(points + 1).fill(null);
    this.values.forEach((value, i) => {
      const x = Math.round(points - (end - this.times[i]) / span * points);
      if (value !== null && x >= 0) columns[x] = Math.max(columns[x] ?? 0, value);
    });
    return columns;
  }

  draw() {
    const columns = this.columns();
    const known = columns.map((value, x) => [x, value]).filter(([, value]) => value !== null);
    if (known.length === 0) {
      this.value.textContent = '–';
      this.from.textContent = 'not measured';
      return;
    }
    const top = Math.max(...known.map(([, value]) => value), this.least) || 1;
    const path = known.map(([x, value]) => `${x} ${(38 - value / top * 36).toFixed(1)}`).join('L');
    this.line.setAttribute('d', `M${path}`);
    this.area.setAttribute('d', `M${known[0][0]} 40L${path}V40Z`);
    const now = this.values.at(-1);
    const at = this.at === undefined ? undefined : known.reduce((best, item) => Math.abs(item[0] - this.at) < Math.abs(best[0] - this.at) ? item : best);
    this.cursor.setAttribute('d', at ? `M${at[0]} 0V40` : '');
    this.value.textContent = at ? this.format(at[1]) : now === null || now === undefined ? '–' : this.format(now);
    const seconds = Math.round((points - (at?.[0] ?? 0)) / points * span / 1000);
    this.from.textContent = at ? `${seconds >= 60 ? `${Math.floor(seconds / 60)} min ` : ''}${seconds % 60} s ago` : `${minutes} min ago`;
    this.top.textContent = `up to ${this.format(top)}`;
  }

  point(event) {
    const box = this.svg.getBoundingClientRect();
    this.at = (event.clientX - box.left) / box.width * points;
    this.draw();
  }
}

export class Curves {
  times = [];

  constructor(root) {
    this.curves = [...root.querySelectorAll('figure')].map(figure => new Curve(figure, this.times));
  }

  past(history) {
    this.times.splice(0, this.times.length, ...history.time);
    for (const curve of this.curves) { curve.values = history[curve.name]; curve.draw(); }
  }

  add(figures) {
    this.times.push(figures.time);
    for (const curve of this.curves) curve.values.push(figures[curve.name]);
    while (this.times.length > 1 && this.times[0] < figures.time - span) {
      this.times.shift();
      for (const curve of this.curves) curve.values.shift();
    }
    for (const curve of this.curves) curve.draw();
  }
}

export const drawResource = (parent, resource) => {
  const row = parent.appendChild(document.createElement('div'));
  row.className = 'resource';
  row.appendChild(document.createElement('span')).textContent = resource.name;
  const svg = shape('svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', role: 'img', 'aria-label': `${resource.name}: ${resource.used} of ${resource.capacity}` }, row);
  const x = value => Math.min(100, value / (resource.capacity || 1) * 100);
  shape('rect', { class: 'full', width: 100, height: 10, rx: 2 }, svg);
  shape('rect', { class: resource.used > resource.high ? 'over' : 'used', width: x(resource.used), height: 10, rx: 2 }, svg);
  shape('path', { class: 'mark low', d: `M${x(resource.low)} 0V10` }, svg);
  shape('path', { class: 'mark', d: `M${x(resource.high)} 0V10` }, svg);
  row.appendChild(document.createElement('span')).textContent = `${Math.round(x(resource.used))} %`;
};
