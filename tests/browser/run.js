// Looks at the dashboard and the page of Knot, and at the stages of Haboob, with a browser, while clients keep both busy. The last line counts the checks: `N passed, N failed`.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { Knot } from './knot.js';
import { Page } from './page.js';
import { checkStages } from './stages.js';

const browserPath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
if (!browserPath) {
  console.log('This needs chromium, which is not installed.\n0 passed, 0 failed');
  process.exit(0);
}

let passed = 0, failed = 0;
async function check(name, run) {
  try {
    await run();
    passed++;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}\n${error.stack}`);
  }
}

// What changes comes within a few seconds, or not at all.
async function eventually(read, test, what) {
  let value;
  for (let i = 0; i < 60; i++) {
    value = await read();
    if (test(value)) return value;
    await new Promise(resolve => setTimeout(resolve, 250));
  }
  assert.fail(`${what}: ${JSON.stringify(value)}`);
}

const screenshots = new URL('screenshots/', import.meta.url).pathname;
mkdirSync(screenshots, { recursive: true });
const knot = await Knot.start();
knot.load(8);
const idle = 25;
await knot.wait(idle);

const browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
const complaints = [];
const foreign = [];
page.on('console', message => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
page.on('pageerror', error => complaints.push(String(error)));
page.on('request', request => new URL(request.url()).origin === knot.dashboard.origin || foreign.push(request.url()));

// Where idle connections wait: the wait of that method with the most calls.
const waiting = page.locator('.node[data-name*="HttpConnection.AnswerAll"].busy');
const busiest = () => waiting.evaluateAll(nodes => Math.max(0, ...nodes.map(node => Number(node.querySelector('.badge text').textContent))));
const openBusiest = () => waiting.evaluateAll(nodes => {
  const count = node => Number(node.querySelector('.badge text').textContent);
  nodes.sort((a, b) => count(b) - count(a))[0].dispatchEvent(new MouseEvent('click', { bubbles: true }));
});
const listed = () => page.locator('#details li[data-count]').evaluateAll(items => items.reduce((sum, item) => sum + Number(item.dataset.count), 0));

await page.goto(knot.dashboard.href);

await check('the graph appears, with nodes and edges inside of the window', async () => {
  await page.locator('#canvas svg .node').first().waitFor({ timeout: 15_000 });
  assert.ok(await page.locator('#canvas .edge').count() > 3);
  assert.equal(await page.locator('#state').textContent(), 'live');
  const box = await page.locator('#canvas .nodes').boundingBox();
  assert.ok(box.width > 100 && box.x >= 0 && box.x + box.width <= 1280, JSON.stringify(box));
});

await check('a node counts the connections that wait', async () => {
  const before = await eventually(busiest, count => count >= idle, 'calls at the node');
  await knot.wait(7);
  await eventually(busiest, count => count === before + 7, `${before} and 7 more`);
  knot.leave(10);
  await eventually(busiest, count => count === before - 3, `${before} and 3 less`);
});

// The connection that asks for the list does not wait while it is answered.
await check('a click shows the calls that wait, as many as the node counts', async () => {
  await openBusiest();
  await page.locator('#details h3.waiting').waitFor();
  await eventually(async () => [await listed(), await busiest()], ([inList, onNode]) => inList > 0 && (inList === onNode || inList === onNode - 1), 'calls in the list and on the node');
  const text = await page.locator('#details').innerText();
  assert.match(text, /HttpConnection\.Serve/);
  await page.screenshot({ path: `${screenshots}/node.png` });
});

await check('a click on an edge shows its figures', async () => {
  await page.locator('#details [data-edge]').first().click();
  await eventually(() => page.locator('#details').innerText(), text => /stretches seen/.test(text), 'figures of the edge');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('#panel').isVisible(), false);
});

await check('the curves are drawn and say amounts', async () => {
  await eventually(() => page.locator('#curves figure[data-name=memory] b').textContent(), text => /[0-9] [kMG]?B$/.test(text), 'memory');
  await eventually(() => page.locator('#curves figure[data-name=delay] .curve').getAttribute('d'), path => path?.split('L').length > 2, 'points of the delay');
});

await check('the search finds a method, by the keyboard', async () => {
  await page.keyboard.press('/');
  await page.keyboard.type('knot.server.run');
  assert.equal(await page.locator('.node.match').count() >= 1, true);
  assert.match(await page.locator('#matches').textContent(), /^[1-9][0-9]* found$/);
  await page.keyboard.press('Enter');
  assert.match(await page.evaluate(() => document.activeElement.dataset.name), /Knot\.Server\.Run/);
  await page.keyboard.press('Enter');
  await page.locator('#details h2').waitFor();
  await page.keyboard.press('Escape');
  await page.keyboard.press('/');
  await page.keyboard.press('Escape');
  assert.equal(await page.locator('.node.match').count(), 0);
});

await check('arrow keys go from node to node', async () => {
  await page.locator('#canvas').focus();
  await page.keyboard.press('ArrowDown');
  const first = await page.evaluate(() => document.activeElement.dataset.id);
  for (const key of ['ArrowDown', 'ArrowRight', 'ArrowUp']) await page.keyboard.press(key);
  assert.ok(first);
  assert.notEqual(await page.evaluate(() => document.activeElement.dataset.id), undefined);
});

await check('zooming and dragging move the drawing, and fit brings it back', async () => {
  const viewBox = () => page.locator('#canvas svg').getAttribute('viewBox');
  await page.locator('#fit').click();
  const start = await viewBox();
  const box = await page.locator('#canvas').boundingBox();
  await page.mouse.move(box.x + 30, box.y + 60);
  await page.mouse.wheel(0, -400);
  const zoomed = await viewBox();
  assert.notEqual(zoomed, start);
  await page.mouse.down();
  await page.mouse.move(box.x + 130, box.y + 90, { steps: 4 });
  await page.mouse.up();
  const dragged = await viewBox();
  assert.notEqual(dragged, zoomed);
  await page.locator('#fit').click();
  const fitted = await page.locator('#canvas .nodes').boundingBox();
  assert.ok(fitted.x >= box.x && fitted.y >= box.y && fitted.x + fitted.width <= box.x + box.width && fitted.y + fitted.height <= box.y + box.height, JSON.stringify(fitted));
});

await check('nodes keep their places while numbers change', async () => {
  const places = () => page.locator('#canvas .node').evaluateAll(nodes => Object.fromEntries(nodes.map(node => [node.dataset.id, node.getAttribute('transform')])));
  const before = await places();
  await knot.wait(5);
  await new Promise(resolve => setTimeout(resolve, 1500));
  const after = await places();
  for (const [id, place] of Object.entries(before)) if (after[id]) assert.equal(after[id], place);
});

await check('a change needs the token', async () => {
  const post = token => page.evaluate(async token => (await fetch('profile?to=nothing', { method: 'POST', headers: { 'X-Tame-Token': token } })).status, token);
  assert.equal(await post('guess'), 403);
  assert.equal(await post(knot.dashboard.hash.slice('#token='.length)), 400);
  assert.equal(new URL(page.url()).hash, '');
});
complaints.splice(0, complaints.length, ...complaints.filter(text => !/status of 40[03]/.test(text)));

await check('light and dark are different, and both are readable', async () => {
  const light = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  await page.screenshot({ path: `${screenshots}/light.png` });
  await page.emulateMedia({ colorScheme: 'dark' });
  const dark = await page.evaluate(() => [document.body, document.querySelector('.node .box')].map(element => getComputedStyle(element)).map(style => style.backgroundColor));
  const brightness = color => color.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0);
  assert.ok(brightness(light) > 600 && brightness(dark[0]) < 150, `${light} ${dark}`);
  await page.screenshot({ path: `${screenshots}/dark.png` });
});

await check('it fits a phone', async () => {
  await page.setViewportSize({ width: 390, height: 844 });
  await new Promise(resolve => setTimeout(resolve, 700));
  assert.ok(await page.evaluate(() => document.scrollingElement.scrollWidth <= innerWidth));
  await openBusiest();
  await page.locator('#details h3.waiting').waitFor();
  await page.screenshot({ path: `${screenshots}/phone.png` });
});

await check('nothing is asked of another server, and the console is silent', async () => {
  assert.deepEqual(foreign, []);
  assert.deepEqual(complaints, []);
});

const own = await Page.open(browser, knot);
await own.checkAll(check, eventually, screenshots);

await check('Knot answered all the while, and stops on a signal although both pages are open', async () => {
  assert.ok(knot.answers > 100, `${knot.answers} answers`);
  assert.equal(await knot.stop(), 0);
  await own.tab.locator('#live.stale').waitFor();
});

await checkStages(browser, check, eventually, screenshots);

await browser.close();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed ? 1 : 0);
