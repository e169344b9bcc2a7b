// Finds links and anchors that lead nowhere, in Markdown files and in built HTML pages. It opens no network connection.
import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

const elsewhere = /^(?:[a-z][a-z0-9+.-]*:|\/\/)/i;

// The text of a Markdown file without code, in which brackets are no links.
const withoutCode = text => text.replace(/^(```+)[\s\S]*?^\1[^\n]*$/gm, '').replace(/^ {4,}(?![-*0-9]).*$/gm, '').replace(/(`+)(?!`)[\s\S]*?[^`]\1(?!`)/g, '');

// The anchors that a code host and DocFX give to the headings of a Markdown file.
export function markdownAnchors(text) {
  const anchors = new Set();
  const prose = text.replace(/^(```+)[\s\S]*?^\1[^\n]*$/gm, '');
  for (const [, heading] of prose.matchAll(/^#{1,6} +(.+?) *#*$/gm)) {
    const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/[`*]/g, '');
    const base = plain.toLowerCase().replace(/[^\p{L}\p{N}\s_-]/gu, '').trim().replace(/\s/g, '-');
    let anchor = base;
    for (let i = 1; anchors.has(anchor); i++) anchor = `${base}-${i}`;
    anchors.add(anchor);
  }
  for (const [, id] of prose.matchAll(/<a (?:id|name)="([^"]+)"/g)) anchors.add(id);
  return anchors;
}

export const markdownLinks = text =>
  [...withoutCode(text).matchAll(/\]\(<?([^)\s>]+)>?(?:\s+"[^"]*")?\)|(?:href|src|srcset)="([^"]+)"/g)].map(match => match[1] ?? match[2]);

const decode = text => text.replace(/&amp;/g, '&').replace(/&quot;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>');

export const htmlAnchors = text => new Set([...text.matchAll(/\s(?:id|name)="([^"]+)"/g)].map(match => decode(match[1])));

export const htmlLinks = text => [...text.matchAll(/<(?:a|area|link|img|script|source|iframe)\b[^>]*?\s(?:href|src|srcset)="([^"]*)"/g)].map(match => decode(match[1]));

// The pages that a browser loads from another host: none, so that the site works without a network.
export const foreignResources = text =>
  [...text.matchAll(/<(?:link|img|script|source|iframe)\b[^>]*?\s(?:href|src|srcset)="((?:https?:)?\/\/[^"]*)"/g)].map(match => match[1]);

// Reads each file once.
export class Files {
  #texts = new Map();
  #anchors = new Map();

  read(file) {
    if (!this.#texts.has(file)) this.#texts.set(file, readFileSync(file, 'utf8'));
    return this.#texts.get(file);
  }

  anchors(file) {
    if (!this.#anchors.has(file)) this.#anchors.set(file, file.endsWith('.html') ? htmlAnchors(this.read(file)) : markdownAnchors(this.read(file)));
    return this.#anchors.get(file);
  }
}

// One line for each link of a file that leads nowhere. `root` is the folder that no link may leave.
export function deadLinks(file, root, files = new Files()) {
  const links = file.endsWith('.html') ? htmlLinks(files.read(file)) : markdownLinks(files.read(file));
  return links.filter(link => link && !elsewhere.test(link)).flatMap(link => {
    const [target, anchor] = link.split('#', 2).map(decodeURIComponent);
    const base = target.startsWith('/') ? root : path.dirname(file);
    const found = target === '' ? file : path.join(base, target.replace(/\?.*$/, ''));
    const name = `${path.relative(root, file)}: ${link}`;
    if (path.relative(root, found).startsWith('..')) return [`${name} leaves the folder`];
    if (!existsSync(found)) return [`${name} leads nowhere`];
    const page = statSync(found).isDirectory() ? path.join(found, file.endsWith('.html') ? 'index.html' : 'README.md') : found;
    if (page !== found && file.endsWith('.html') && !existsSync(page)) return [`${name} leads to a folder without a page`];
    if (!anchor || !/\.(html|md)$/.test(page)) return [];
    return files.anchors(page).has(anchor) ? [] : [`${name} has no such anchor`];
  });
}
