// Walks through pages with a keyboard; see `keyboard` beside it.
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const from = createRequire(path.join(process.env.AXE_HOME, "package.json"));
const puppeteer = ["puppeteer-core", "puppeteer"].reduce((found, name) => {
  if (found) return found;
  try { return from(name); } catch { return null; }
}, null);

const focused = (page) => page.evaluate(() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), look = getComputedStyle(one);
  return {
    body: one === document.body,
    name: one.tagName.toLowerCase() + (one.className ? "." + String(one.className).split(" ").join(".") : "") + " " + (one.textContent || one.getAttribute("aria-label") || "").trim().slice(0, 30),
    skip: one.matches(".skip"),
    seen: box.width > 0 && box.height > 0 && look.visibility !== "hidden",
    inside: box.right > 0 && box.left < innerWidth && box.bottom > 0 && box.top < innerHeight,
    ring: (look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2) || look.boxShadow !== "none",
    high: box.height,
  };
});

// Tab from the first to the last: each stop is seen, in the window and marked.
async function walk(page, said) {
  const stops = [];
  for (let step = 0; step < 600; step++) {
    await page.keyboard.press("Tab");
    const now = await focused(page);
    if (now.body) break;
    if (step === 0 && !now.skip) said("the first stop is no link to the text");
    if (!now.seen) said(`a stop that is not seen: ${now.name}`);
    else if (!now.inside) said(`a stop out of the window: ${now.name}`);
    else if (!now.ring) said(`no mark of focus: ${now.name}`);
    stops.push(now.name);
  }
  if (stops.length >= 600) said("the focus never comes to an end");
  if (stops.length < 3) said(`only ${stops.length} stops`);
  return stops;
}

const on = async (page, selector) => {
  const there = await page.$(selector);
  if (there) await there.focus();
  return !!there;
};
const is = (page, selector) => page.evaluate((selector) => !!document.activeElement.closest(selector), selector);
const wait = (time) => new Promise((done) => setTimeout(done, time));

// What a reader does on a page of the text.
async function reading(page, said) {
  if (await on(page, "a.noteref")) {
    await page.keyboard.press("Enter");
    if (!(await is(page, ".pop"))) said("a note does not take the focus");
    await page.keyboard.press("Escape");
    if (!(await is(page, "a.noteref"))) said("the focus does not go back to the call of a note");
    if (await page.$(".pop")) said("Escape does not close a note");
  }
  if (await on(page, "a.menu")) {
    const shown = await page.evaluate(() => getComputedStyle(document.querySelector("a.menu")).display !== "none");
    if (shown) {
      await page.keyboard.press("Enter");
      if (!(await page.$("dialog.drawer[open]"))) said("the contents do not open");
      for (let step = 0; step < 80; step++) {
        await page.keyboard.press("Tab");
        const out = await page.evaluate(() => document.activeElement !== document.body && !document.activeElement.closest("dialog"));
        if (out) { said("the contents do not hold the focus"); break; }
      }
      await page.keyboard.press("Escape");
      await wait(50);
      if (await page.$("dialog.drawer[open]")) said("Escape does not close the contents");
      if (!(await is(page, "a.menu"))) said("the focus does not go back to the button of the contents");
    }
  }
  if (await on(page, "figure .large a")) {
    await page.keyboard.press("Enter");
    if (await page.$("dialog.picture[open]")) {
      await page.keyboard.press("Escape");
      await wait(50);
      if (!(await is(page, "figure .large a"))) said("the focus does not go back to the figure");
    } else if (page.url().endsWith(".html")) said("a figure does not open");
    else await page.goBack();
  }
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("/");
  if (!(await is(page, ".search"))) return said("/ does not lead to the search");
  await page.keyboard.type("the");
  for (let at = 0; at < 40 && !(await page.$(".results a, .results p")); at++) await wait(50);
  if (!(await page.$(".results"))) return said("the search finds nothing and says nothing");
  // What stands in the bar behind the field comes first.
  for (let step = 0; step < 3 && !(await is(page, ".results")); step++) await page.keyboard.press("Tab");
  if (await page.$(".results a") && !(await is(page, ".results"))) said("Tab does not lead from the search to what it found");
  await on(page, ".search input");
  await page.keyboard.press("ArrowDown");
  if (await page.$(".results a") && !(await is(page, ".results"))) said("the arrow does not lead to what was found");
  await page.keyboard.press("Escape");
  if (await page.$(".results")) said("Escape does not close what was found");
}

// What a visitor does on the page of the title.
async function landing(page, said) {
  if (await on(page, "a.skip")) {
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    const passed = await page.evaluate(() => !!document.activeElement.closest("main"));
    if (!passed) said("the first link does not lead to the text");
  }
  for (const selector of ["details summary"]) {
    if (await on(page, selector)) {
      const before = await page.evaluate(() => document.activeElement.parentElement.open);
      await page.keyboard.press("Enter");
      if (before === await page.evaluate(() => document.activeElement.parentElement.open)) said("Enter does not open what is folded");
    }
  }
  if (await on(page, "button")) {
    await page.keyboard.press("Enter");
    if (await page.evaluate(() => document.activeElement === document.body)) said("a button loses the focus");
  }
}

async function main() {
  const folder = path.resolve(process.argv[2]);
  const below = ["", "site"].map((name) => path.join(folder, name)).find((name) => fs.existsSync(path.join(name, "index.html")));
  const texts = fs.existsSync(path.join(below, "read")) ? fs.readdirSync(path.join(below, "read")).filter((name) => name.endsWith(".html")) : [];
  // The longest pages of the text have the most in them.
  const size = (name) => fs.statSync(path.join(below, "read", name)).size;
  texts.sort((one, other) => size(other) - size(one));
  const pages = [["index.html", landing], ["read/index.html", null], ...texts.filter((name) => name !== "index.html").slice(0, 2).map((name) => [`read/${name}`, reading])];
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM, headless: true, args: ["--no-sandbox", "--allow-file-access-from-files"],
  });
  let bad = 0;
  for (const [name, act] of pages.filter(([name]) => fs.existsSync(path.join(below, name)))) {
    for (const width of [360, 820, 1400]) {
      const found = new Set(), said = (words) => { found.add(words); };
      const page = await browser.newPage();
      await page.setViewport({ width, height: 900 });
      // Nothing may move where that is not wished.
      await page.emulateMediaFeatures([{ name: "prefers-reduced-motion", value: "reduce" }]);
      await page.goto("file://" + path.join(below, name));
      const stops = await walk(page, said);
      if (act) await act(page, said);
      await page.close();
      console.log(`${name} ${width}: ${stops.length} stops, ${found.size} wrong`);
      for (const words of found) console.log(`  ${words}`);
      bad += found.size;
    }
  }
  await browser.close();
  process.exit(bad ? 1 : 0);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(2);
});
