// Looks at pages with axe-core; see `axe` beside it.
const fs = require("fs");
const path = require("path");
const { createRequire } = require("module");

const home = process.env.AXE_HOME;
const from = createRequire(path.join(home, "package.json"));
const puppeteer = ["puppeteer-core", "puppeteer"].reduce((found, name) => {
  if (found) return found;
  try { return from(name); } catch { return null; }
}, null);
const axe = fs.readFileSync(path.join(home, "node_modules/axe-core/axe.min.js"), "utf8");

async function main() {
  const browser = await puppeteer.launch({
    executablePath: process.env.CHROMIUM, headless: true, args: ["--no-sandbox", "--allow-file-access-from-files"],
  });
  let bad = 0;
  for (const file of process.argv.slice(2)) {
    const found = new Map();
    for (const width of [360, 820, 1400]) {
      for (const scheme of ["light", "dark"]) {
        const page = await browser.newPage();
        await page.setViewport({ width, height: 900 });
        await page.emulateMediaFeatures([{ name: "prefers-color-scheme", value: scheme }]);
        await page.goto("file://" + path.resolve(file));
        await page.evaluate(axe);
        const said = await page.evaluate(() => window.axe.run(document, {
          runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
        }));
        for (const rule of said.violations) {
          const key = `${rule.impact} ${rule.id}: ${rule.help}`;
          const places = rule.nodes.map((node) => node.target.join(" "));
          found.set(key, [...(found.get(key) || []), `${width} ${scheme} ${places.slice(0, 3).join(", ")}`]);
        }
        // Nothing but a table may reach out of the page.
        const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
        if (wide) found.set("page is wider than its window", [`${width} ${scheme}`]);
        await page.close();
      }
    }
    console.log(`${file} violations=${found.size}`);
    for (const [key, places] of found) console.log(`  ${key} (${places.join("; ")})`);
    bad += found.size;
  }
  await browser.close();
  process.exit(bad ? 1 : 0);
}

main().catch((error) => {
  console.error(error.message);
  process.exit(2);
});
