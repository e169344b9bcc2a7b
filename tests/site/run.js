// Checks the links of the Markdown files in the repository, and of the built site. The last line counts the checks: `N passed, N failed`.
// With TAME_ACCEPT=1 it writes the titles of rules and decisions into their indexes.
//
//   dotnet build -c Release build/Release.slnf && dotnet tool restore && dotnet docfx docs/docfx.json --warningsAsErrors && node tests/site/run.js
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Files, deadLinks, foreignResources, htmlLinks } from './links.js';

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const site = path.join(root, 'artifacts/site/html');
const files = new Files();

let passed = 0, failed = 0;
function check(name, run) {
  try {
    run();
    passed++;
    console.log(`ok      ${name}`);
  } catch (error) {
    failed++;
    console.log(`FAILED  ${name}\n${error.message}`);
  }
}

const none = lines => assert.ok(lines.length === 0, lines.join('\n'));
const under = (folder, extension) => readdirSync(folder, { recursive: true }).filter(name => name.endsWith(extension)).map(name => path.join(folder, name));

check('dead links are seen, and others are not', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'links-'));
  try {
    const write = (name, text) => writeFileSync(path.join(folder, name), text);
    write('a.md', '# A `b` c!\n[1](b.md) [2](b.md#here) [3](#a-b-c) [4](c.md) [5](b.md#there) [6](#a) [7](../x.md) `[8](no)`\n```\n[9](no)\n# no\n```\n[10](#no) [11](https://example.org/no)\n');
    write('b.md', '## Here\n## Here\n[1](a.md#a-b-c) [2](#here-1) [3](#here-2)\n');
    write('a.html', '<h1 id="a&amp;b">A</h1><a href="b.html#c">1</a><a class="x" href="#a&amp;b">2</a><a href="b.html#d">3</a><img src="no.png"><a href="https://example.org">4</a><a href="#">5</a>');
    write('b.html', '<p id="c"></p><script src="https://example.org/x.js"></script>');
    const dead = name => deadLinks(path.join(folder, name), folder).map(line => line.split(' ')[1]);
    assert.deepEqual(dead('a.md'), ['c.md', 'b.md#there', '#a', '../x.md', '#no']);
    assert.deepEqual(dead('b.md'), ['#here-2']);
    assert.deepEqual(dead('a.html'), ['b.html#d', 'no.png']);
    assert.deepEqual(foreignResources(files.read(path.join(folder, 'b.html'))), ['https://example.org/x.js']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// A package's readme names the project by a word that packing replaces.
const documents = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.md'], { cwd: root, encoding: 'utf8' }).split('\n').filter(name => name);
check(`${documents.length} Markdown files have no dead link`, () => {
  assert.ok(documents.length > 100);
  none(documents.flatMap(name => deadLinks(path.join(root, name), root, files)).filter(line => !line.includes(': TAME_PROJECT_URL/')));
});

check('the address in the readme of the package leads to files of the repository', () => {
  const readme = 'src/Tame.Runtime/package-readme.md';
  const links = [...files.read(path.join(root, readme)).matchAll(/\(TAME_PROJECT_URL\/([^)]+)\)/g)].map(match => match[1]);
  assert.ok(links.length > 0);
  const folder = mkdtempSync(path.join(root, 'artifacts/links-'));
  try {
    const copy = path.join(folder, 'readme.md');
    writeFileSync(copy, links.map(link => `[x](../../${link})`).join('\n'));
    none(deadLinks(copy, root, files));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

// The title without its number: `# 0012: Title`, `# TAME001: Title`.
const title = name => files.read(path.join(root, name)).split('\n', 1)[0].replace(/^# \S+ +/, '');
check('the indexes of diagnostics and decisions have each page with its title', () => {
  for (const folder of ['docs/diagnostics', 'docs/decisions']) {
    const readme = path.join(root, folder, 'README.md');
    const listed = documents.filter(name => path.dirname(name) === folder && path.basename(name) !== 'README.md');
    assert.ok(listed.length > 40);
    const titled = files.read(readme).replace(/\]\(([^)]+)\): .*$/gm, (line, page) => `](${page}): ${title(`${folder}/${page}`)}`);
    if (process.env.TAME_ACCEPT === '1') writeFileSync(readme, titled);
    const index = process.env.TAME_ACCEPT === '1' ? titled : files.read(readme);
    none(listed.filter(name => !index.includes(`](${path.basename(name)}): ${title(name)}\n`)));
  }
});

check('the page of the samples has each sample', () => {
  const page = files.read(path.join(root, 'docs/samples.md'));
  const samples = readdirSync(path.join(root, 'samples'), { withFileTypes: true }).filter(entry => entry.isDirectory()).map(entry => entry.name);
  assert.ok(samples.length > 20);
  none(samples.filter(name => !page.includes(`**${name}**`)));
});

check('the changelog keeps its form', () => {
  const headings = files.read(path.join(root, 'CHANGELOG.md')).split('\n').filter(line => /^##+ /.test(line));
  const known = /^## \[Unreleased\]$|^## \[\d+\.\d+\.\d+\] - \d{4}-\d{2}-\d{2}$|^### (Added|Changed|Deprecated|Removed|Fixed|Security)$|^#### /;
  assert.equal(headings[0], '## [Unreleased]');
  none(headings.filter(heading => !known.test(heading)));
});

const pages = under(site, '.html');
check(`${pages.length} pages of the site have no dead link`, () => {
  assert.ok(pages.length > 200);
  none(pages.flatMap(page => deadLinks(page, site, files)));
});

check('the site loads nothing from another host', () => none(pages.flatMap(page => foreignResources(files.read(page)).map(url => `${path.relative(site, page)}: ${url}`))));

check('each page of the documentation is in a table of contents', () => {
  const listed = new Set(pages.filter(page => path.basename(page) === 'toc.html')
    .flatMap(toc => htmlLinks(files.read(toc)).map(link => path.join(path.dirname(toc), link.split('#')[0]))));
  const written = documents.filter(name => name.startsWith('docs/') && name !== 'docs/index.md').map(name => path.join(site, name.replace(/^docs\//, '').replace(/\.md$/, '.html')));
  assert.ok(written.length > 100);
  none(written.filter(page => !listed.has(page)));
});

check('the search finds pages of each section', () => {
  const index = JSON.parse(files.read(path.join(site, 'index.json')));
  for (const page of ['tutorial.html', 'io.html', 'diagnostics/TAME062.html', 'decisions/0006-lifelines-and-handles.html', 'api/Tame.EventLoop.html'])
    assert.ok(index[page]?.keywords ?? index[page]?.summary, page);
});

console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
