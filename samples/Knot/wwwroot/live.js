// Shows the numbers that the server sends once a second. The panel stays hidden until the first ones arrive: another server may serve this page.
const panel = document.getElementById('live');
const curve = panel.querySelector('.curve path');
const number = new Intl.NumberFormat('en-US');
const seconds = 60;
const rates = [];
let source = null;

function duration(total) {
  const [days, hours, minutes] = [Math.floor(total / 86400), Math.floor(total / 3600) % 24, Math.floor(total / 60) % 60];
  if (days > 0) return `${days} d ${hours} h`;
  if (hours > 0) return `${hours} h ${minutes} min`;
  return minutes > 0 ? `${minutes} min ${Math.floor(total) % 60} s` : `${Math.floor(total)} s`;
}

function write(name, text) {
  panel.querySelector(`[data-number=${name}]`).textContent = text;
}

// The newest second is at the right, and the highest rate at the top.
function draw() {
  const highest = Math.max(10, ...rates);
  const points = rates.map((rate, i) => `${(seconds - rates.length + i) * 100 / (seconds - 1)} ${30 - 28 * rate / highest}`);
  curve.setAttribute('d', points.length > 1 ? `M${points.join('L')}` : '');
}

function show({ uptime, requests, perSecond, connections, loops }) {
  write('connections', number.format(connections));
  write('requests', number.format(requests));
  write('uptime', duration(uptime));
  write('loops', loops === 1 ? 'its event loop' : `its ${loops} event loops`);
  if (perSecond !== null) {
    write('rate', number.format(Math.round(perSecond)));
    rates.push(perSecond);
    if (rates.length > seconds) rates.shift();
    draw();
  }
  panel.hidden = false;
  panel.classList.remove('stale');
}

// A hidden page holds no connection.
function follow() {
  if (document.visibilityState === 'hidden') {
    source?.close();
    source = null;
  } else if (source === null) {
    source = new EventSource('.live');
    source.onmessage = message => show(JSON.parse(message.data));
    source.onerror = () => panel.classList.add('stale');
  }
}

document.addEventListener('visibilitychange', follow);
follow();
