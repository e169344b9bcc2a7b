// Looks at the stages of Haboob on its dashboard, while more clients ask for the expensive page than one thread can serve.
import assert from 'node:assert/strict';
import { Knot } from './knot.js';

const links = ['parse cache', 'parse bottleneck', 'parse send', 'cache file', 'cache send', 'file send', 'bottleneck send'];

export async function checkStages(browser, check, eventually, screenshots) {
  const haboob = await Knot.start('Haboob');
  haboob.load(12, '/bottleneck');
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
  const complaints = [];
  page.on('console', message => ['error', 'warning'].includes(message.type()) && complaints.push(message.text()));
  page.on('pageerror', error => complaints.push(String(error)));
  await page.goto(haboob.dashboard.href);

  const stage = name => page.locator('#canvas .node.stage').filter({ has: page.locator('.title', { hasText: new RegExp(`^${name}$`) }) });
  const open = async name => {
    await stage(name).dispatchEvent('click');
    await page.locator('#details h2', { hasText: name }).waitFor();
  };
  const figures = () => page.locator('#details dl').last().evaluate(list => [...list.querySelectorAll('dt')].map(name => [name.textContent, name.nextElementSibling.textContent]));
  const figure = async name => (await figures()).find(([known]) => known === name)[1];
  const amount = text => Number(text.replace(/[^0-9.]/g, ''));

  await check('each stage is a node, and an edge leads to each stage that it sends to', async () => {
    await stage('bottleneck').waitFor({ timeout: 15_000 });
    const names = await page.locator('#canvas .node.stage .title').allTextContents();
    assert.deepEqual(names.sort(), ['bottleneck', 'cache', 'file', 'parse', 'send']);
    const drawn = await page.evaluate(() => {
      const names = Object.fromEntries([...document.querySelectorAll('#canvas .node.stage')].map(node => [node.dataset.id, node.querySelector('.title').textContent]));
      return [...document.querySelectorAll('#canvas .edge')].map(edge => `${names[edge.dataset.from]} ${names[edge.dataset.to]}`).filter(link => !link.includes('undefined'));
    });
    assert.deepEqual(drawn.sort(), links.sort());
  });

  await check('a stage counts the items in its queue', async () => {
    const length = () => stage('bottleneck').locator('.badge text').textContent();
    await eventually(length, text => amount(text) >= 1, 'items that wait for the bottleneck');
  });

  await check('a click on a stage shows its figures, which follow the clients', async () => {
    await open('bottleneck');
    assert.equal(await page.locator('#details .place').textContent(), 'stage');
    const before = amount(await figure('completed'));
    await eventually(async () => amount(await figure('completed')), count => count > before, `more than ${before} completed`);
    await eventually(() => figure('time in the handler, median'), text => amount(text) > 0, 'a time in the handler');
    await page.screenshot({ path: `${screenshots}/stage.png` });
  });

  await check('a click on an edge between stages shows what is accepted there', async () => {
    await page.locator('#details [data-edge]', { hasText: 'to send' }).click();
    await eventually(() => page.locator('#details').innerText(), text => /Sends[^]*items accepted there/i.test(text), 'figures of the edge');
    await page.keyboard.press('Escape');
  });

  await check('the page with stages has a silent console, and Haboob stops on a signal', async () => {
    assert.deepEqual(complaints, []);
    assert.ok(haboob.answers > 10, `${haboob.answers} answers`);
    assert.equal(await haboob.stop(), 0);
  });
  await page.close();
}
