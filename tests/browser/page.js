// Looks at Knot's own page, and at the numbers on it, while clients keep Knot busy.
import assert from 'node:assert/strict';

export class Page {
  complaints = [];
  foreign = [];

  static async open(browser, knot) {
    const page = new Page();
    page.knot = knot;
    page.tab = await browser.newPage({ viewport: { width: 1280, height: 900 }, colorScheme: 'light' });
    page.tab.on('console', message => ['error', 'warning'].includes(message.type()) && page.complaints.push(message.text()));
    page.tab.on('pageerror', error => page.complaints.push(String(error)));
    page.tab.on('request', request => new URL(request.url()).origin === knot.address.origin || page.foreign.push(request.url()));
    await page.tab.goto(knot.address.href);
    return page;
  }

  async number(name) {
    const text = await this.tab.locator(`#live [data-number=${name}]`).textContent();
    return Number(text.replaceAll(',', ''));
  }

  async checkAll(check, eventually, screenshots) {
    const { tab, knot } = this;

    await check('the page shows the numbers of the server', async () => {
      await tab.locator('#live').waitFor({ timeout: 15_000 });
      await eventually(() => this.number('rate'), rate => rate > 0, 'requests a second');
      await eventually(() => tab.locator('#live .curve path').getAttribute('d'), path => path.split('L').length > 2, 'points of the curve');
    });

    await check('the numbers on the page follow the clients', async () => {
      const [requests, connections] = [await this.number('requests'), await this.number('connections')];
      await eventually(() => this.number('requests'), count => count > requests, `more than ${requests} requests`);
      await knot.wait(7);
      await eventually(() => this.number('connections'), count => count === connections + 7, `${connections} connections and 7 more`);
      knot.leave(7);
      await eventually(() => this.number('connections'), count => count === connections, `${connections} connections again`);
    });

    for (const colorScheme of ['light', 'dark'])
      for (const [name, width, height] of [['desktop', 1280, 900], ['phone', 360, 740]])
        await check(`the page fits a ${name}, ${colorScheme}`, async () => {
          await tab.emulateMedia({ colorScheme });
          await tab.setViewportSize({ width, height });
          assert.equal(await tab.evaluate(() => document.scrollingElement.scrollWidth), width);
          const brightness = await tab.evaluate(() => getComputedStyle(document.body).backgroundColor.match(/\d+/g).slice(0, 3).reduce((sum, part) => sum + Number(part), 0));
          assert.ok(colorScheme === 'light' ? brightness > 600 : brightness < 150, `${brightness}`);
          await tab.screenshot({ path: `${screenshots}/page-${name}-${colorScheme}.png`, fullPage: true });
        });

    await check('a page that is hidden holds no stream, and one that is shown again does', async () => {
      const show = state => tab.evaluate(state => {
        Object.defineProperty(document, 'visibilityState', { value: state, configurable: true });
        document.dispatchEvent(new Event('visibilitychange'));
      }, state);
      const stream = tab.waitForEvent('requestfailed', request => request.url().endsWith('/.live'));
      await show('hidden');
      await stream;
      const requests = await this.number('requests');
      await show('visible');
      await eventually(() => this.number('requests'), count => count > requests, `more than ${requests} requests`);
    });

    await check('the page works without the numbers', async () => {
      const other = await tab.context().browser().newPage();
      const errors = [];
      other.on('pageerror', error => errors.push(String(error)));
      await other.route('**/.live', route => route.fulfill({ status: 404 }));
      const asked = other.waitForResponse('**/.live');
      await other.goto(knot.address.href);
      await asked;
      assert.equal(await other.locator('#live').isVisible(), false);
      assert.equal(await other.locator('h1').isVisible(), true);
      assert.deepEqual(errors, []);
      await other.close();
    });

    await check('the page asks nothing of another server, and the console is silent', async () => {
      assert.deepEqual(this.foreign, []);
      assert.deepEqual(this.complaints, []);
    });
  }
}
