// What foliate-js and epub.js show of e-books, in headless Chromium; `ebooks.py` beside this asks and judges.
//
//   node browser.mjs NODE_MODULES CHROMIUM BOOK.epub...
//
// A line of JSON a book and engine: the words of each file as they are shown, the contents and whether each of its lines
// leads somewhere, every call of a note with what it leads to and back, and what stands over something else or out of
// its page at 360 and 800 pixels.
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { readFileSync, existsSync } from "node:fs";
import path from "node:path";

const [modules, chromium, ...books] = process.argv.slice(2);
const puppeteer = createRequire(path.join(modules, "x.js"))("puppeteer-core");
const TYPES = { ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".html": "text/html", ".epub": "application/epub+zip" };

const server = createServer((asked, answer) => {
  const name = decodeURIComponent(new URL(asked.url, "http://x").pathname);
  const book = name.match(/^\/book\/(\d+)\.epub$/);
  const file = book ? books[+book[1]] : path.join(modules, path.normalize(name));
  if (name === "/page.html") {
    answer.writeHead(200, { "content-type": "text/html" });
    return answer.end("<!DOCTYPE html><meta charset=utf-8><style>html,body{margin:0;height:100%}foliate-view,#show{display:block;width:100vw;height:100vh}</style>");
  }
  if (!existsSync(file)) {
    answer.writeHead(404);
    return answer.end();
  }
  answer.writeHead(200, { "content-type": TYPES[path.extname(file)] || "application/octet-stream" });
  answer.end(readFileSync(file));
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const home = `http://127.0.0.1:${server.address().port}`;

// Runs in the page: what of a document, set in columns, stands out of its column or over something else.
const MEASURE = `
window.measure = function (doc) {
  const win = doc.defaultView, root = doc.documentElement;
  const host = [doc.body, root].find((one) => win.getComputedStyle(one).columnWidth !== "auto") || root;
  const look = win.getComputedStyle(host), size = (text) => parseFloat(text) || 0;
  const gap = size(look.columnGap), asked = size(look.columnWidth);
  const box = host.getBoundingClientRect();
  // Columns fill the box: as many as there is room for, each as wide as that leaves it.
  const room = box.width - size(look.paddingLeft) - size(look.paddingRight);
  const count = Math.max(1, Math.floor((room + gap) / (asked + gap)));
  const width = asked && (room + gap) / count - gap;
  const rtl = look.direction === "rtl";
  const edge = rtl ? box.right - size(look.paddingRight) : box.left + size(look.paddingLeft);
  const out = [], over = [], rects = [];
  const skipped = (one) => one.closest("rt,rp,sup,sub,svg,[aria-hidden=true],.sr-only,.visually-hidden,head,script,style");
  const walk = doc.createTreeWalker(doc.body, win.NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || skipped(parent)) continue;
    const seen = win.getComputedStyle(parent);
    if (seen.visibility === "hidden" || seen.display === "none") continue;
    let clip = null;
    for (let up = parent; up && up !== doc.body; up = up.parentElement) {
      const style = win.getComputedStyle(up);
      if (style.overflowX !== "visible" || style.clipPath !== "none") clip = up.getBoundingClientRect();
    }
    const range = doc.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
      let { left, right, top, bottom } = rect;
      if (clip) { left = Math.max(left, clip.left); right = Math.min(right, clip.right); top = Math.max(top, clip.top); bottom = Math.min(bottom, clip.bottom); }
      if (right - left < 2 || bottom - top < 2) continue;
      // A space that hangs at a line's end is no ink.
      rects.push({ left, right, top, bottom, node, text: node.data.trim().slice(0, 40) });
      if (width) {
        const from = rtl ? edge - right : left - edge, to = rtl ? edge - left : right - edge;
        const column = Math.floor((from + 2) / (width + gap));
        const start = column * (width + gap);
        if (from < start - 3 || to > start + width + 3) out.push(node.data.trim().slice(0, 60) + " [" + Math.round(to - start - width) + " px]");
      }
    }
  }
  rects.sort((one, other) => one.top - other.top);
  for (let at = 0; at < rects.length; at++) {
    for (let next = at + 1; next < rects.length && rects[next].top < rects[at].bottom; next++) {
      const one = rects[at], other = rects[next];
      if (one.node === other.node) continue;
      const across = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const down = Math.min(one.bottom, other.bottom) - other.top;
      const least = Math.min(one.bottom - one.top, other.bottom - other.top);
      if (across > 3 && down > 0.55 * least) over.push(one.text + " / " + other.text);
    }
  }
  return { out: [...new Set(out)], over: [...new Set(over)] };
};
window.shown = (doc) => doc.body.innerText;
window.callsOf = (doc) => [...doc.querySelectorAll("a[href]")].filter((a) => (a.getAttributeNS("http://www.idpf.org/2007/ops", "type") || a.getAttribute("epub:type") || "").split(" ").includes("noteref"));
window.backOf = (doc, id) => [...doc.querySelectorAll("a[href]")].find((a) => (a.getAttribute("href") || "").split("#")[1] === id);
window.addScript = (src, module) => new Promise((done, fail) => {
  const script = document.createElement("script");
  script.src = src; if (module) script.type = "module";
  script.onload = done; script.onerror = () => fail(new Error("cannot load " + src));
  document.head.append(script);
});
`;

async function foliate(page, at) {
  return page.evaluate(async (at) => {
    await import("/foliate-js/view.js");
    const { FootnoteHandler } = await import("/foliate-js/footnotes.js");
    const file = new File([await (await fetch(`/book/${at}.epub`)).blob()], "book.epub");
    const view = document.createElement("foliate-view");
    document.body.append(view);
    await view.open(file);
    const book = view.book, docs = [], contents = [], notes = [], out = [], over = [], pops = [];
    const loaded = new Map();
    const documentOf = async (index) => {
      if (!loaded.has(index)) loaded.set(index, await book.sections[index].createDocument());
      return loaded.get(index);
    };
    const lines = (items) => (items || []).flatMap((item) => [item, ...lines(item.subitems)]);
    for (const item of lines(book.toc)) {
      const place = item.href && book.resolveHref(item.href);
      const there = place && place.index >= 0 ? place.anchor(await documentOf(place.index)) : null;
      contents.push([item.label.trim(), there !== null && there !== undefined]);
    }
    for (let index = 0; index < book.sections.length; index++) {
      const section = book.sections[index];
      if (section.linear === "no") continue;
      await view.renderer.goTo({ index, anchor: 0 });
      const { doc } = view.renderer.getContents()[0];
      await doc.fonts.ready;
      docs.push([section.id, shown(doc)]);
      const found = measure(doc);
      out.push(...found.out);
      over.push(...found.over);
      for (const call of callsOf(doc)) {
        const place = book.resolveHref(section.resolveHref(call.getAttribute("href")));
        const target = place && place.index >= 0 && place.anchor(await documentOf(place.index));
        let back = false;
        if (target) {
          const link = [...target.querySelectorAll("a[href]")].find((a) => a.getAttribute("href").split("#")[1] === call.id);
          const home = link && book.resolveHref(book.sections[place.index].resolveHref(link.getAttribute("href")));
          back = !!home && home.index === index && !!home.anchor(doc);
        }
        notes.push([call.textContent, target ? target.textContent.trim().slice(0, 60) : null, back]);
        if (pops.length < 6 && notes.length % 7 === 1) {
          const handler = new FootnoteHandler();
          const shownOf = new Promise((done) => handler.addEventListener("render", (e) => done(e.detail.view)));
          handler.addEventListener("before-render", (e) => { const v = e.detail.view; v.style.cssText = "position:absolute;width:300px;height:200px;visibility:hidden"; document.body.append(v); });
          const event = { detail: { a: call, href: section.resolveHref(call.getAttribute("href")) }, preventDefault() {} };
          await handler.handle(book, event);
          const pop = await shownOf;
          pops.push([call.textContent, pop.renderer.getContents()[0].doc.body.textContent.trim().slice(0, 60)]);
          pop.remove();
        }
      }
    }
    return { docs, contents, notes, pops, out, over };
  }, at);
}

async function epubjs(page, at) {
  return page.evaluate(async (at) => {
    await addScript("/jszip/dist/jszip.min.js");
    await addScript("/epubjs/dist/epub.min.js");
    const show = document.createElement("div");
    show.id = "show";
    document.body.append(show);
    const book = ePub(await (await fetch(`/book/${at}.epub`)).arrayBuffer());
    await book.ready;
    const rendition = book.renderTo(show, { width: innerWidth, height: innerHeight, flow: "paginated", spread: "none" });
    const docs = [], contents = [], notes = [], out = [], over = [], pops = [], pages = new Map();
    const documentOf = async (section) => {
      if (!pages.has(section.href)) pages.set(section.href, (await section.load(book.load.bind(book))).ownerDocument || section.document);
      return section.document || pages.get(section.href);
    };
    const lines = (items) => (items || []).flatMap((item) => [item, ...lines(item.subitems)]);
    for (const item of lines((await book.loaded.navigation).toc)) {
      const section = book.spine.get(item.href), id = item.href.split("#")[1];
      const doc = section && await documentOf(section);
      contents.push([item.label.trim(), !!doc && (!id || !!doc.getElementById(id))]);
    }
    const near = (from, href) => new URL(href, "http://x/" + from).pathname.slice(1) + new URL(href, "http://x/" + from).hash;
    for (const section of book.spine.spineItems.filter((one) => one.linear)) {
      await rendition.display(section.href);
      const doc = rendition.getContents()[0].document;
      await doc.fonts.ready;
      docs.push([section.href, shown(doc)]);
      const found = measure(doc);
      out.push(...found.out);
      over.push(...found.over);
      for (const call of callsOf(await documentOf(section))) {
        const href = near(section.href, call.getAttribute("href")), there = book.spine.get(href.split("#")[0]);
        const other = there && await documentOf(there);
        const target = other && other.getElementById(href.split("#")[1]);
        let back = false;
        if (target) {
          const link = [...target.querySelectorAll("a[href]")].find((a) => a.getAttribute("href").split("#")[1] === call.id);
          back = !!link && near(there.href, link.getAttribute("href")) === section.href + "#" + call.id;
        }
        notes.push([call.textContent, target ? target.textContent.trim().slice(0, 60) : null, back]);
      }
    }
    // Some calls are followed as a reader follows them.
    return { docs, contents, notes, pops, out, over };
  }, at);
}

const browser = await puppeteer.launch({ executablePath: chromium, headless: true, args: ["--no-sandbox"], protocolTimeout: 600000 });
for (let at = 0; at < books.length; at++) {
  for (const [name, read] of [["foliate-js", foliate], ["epub.js", epubjs]]) {
    for (const width of [360, 800]) {
      const page = await browser.newPage();
      await page.setViewport({ width, height: 740 });
      await page.goto(home + "/page.html");
      await page.evaluate(MEASURE);
      let said;
      try {
        said = await read(page, at);
      } catch (error) {
        said = { error: String(error.message || error).slice(0, 400) };
      }
      console.log(JSON.stringify({ book: books[at], engine: name, width, ...said }));
      await page.close();
    }
  }
}
await browser.close();
server.close();
