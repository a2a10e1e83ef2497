// Looks at every page of `baotinh serve` in a real browser: access (axe, WCAG 2.2 AA), width, policy, keyboard, print, picture.
//
// usage: node check.mjs PROGRAM INDEX [FOLDER FOR PICTURES]
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import fs from "node:fs";
import { chromium } from "playwright-core";

const [program, index, pictures] = process.argv.slice(2);
const axe = fs.readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const q = encodeURIComponent('"nghị quyết" OR hộ');
const pages = ["", `search?q=${q}`, "search?q=khôngcóđâu", "search?q=(a", "search", `kwic?q=${q}`, "kwic", `cited?q=${q}`,
  `trend?q=${q}&by=month`, `collocates?q=${q}&min-count=1`, `keyness?q=${q}&min-count=1`, "stats", `facets?q=${q}&by=section`,
  `cite?q=${q}`, `export?q=${q}&table=mentions`, "help-query", "api", "about", "nothing-here"];
const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

const server = spawn(program, ["serve", "--index", index, "--port", "0"], { stdio: ["ignore", "ignore", "pipe"] });
const base = await new Promise((found, lost) => {
  let said = "";
  server.stderr.on("data", bytes => {
    said += bytes;
    const address = said.match(/http:\/\/[^ ]+\//);
    if (address) found(address[0]);
  });
  server.on("exit", () => lost(new Error(`the server did not start: ${said}`)));
});
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const wrong = [];
let looked = 0;

/** Opens a context whose pages report what must not happen. */
async function open(options) {
  const context = await browser.newContext(options);
  context.on("request", request => {
    if (!request.url().startsWith(base) && !request.url().startsWith("data:")) wrong.push(`asks another host: ${request.url()}`);
  });
  context.on("console", message => {
    if (/Content Security Policy|TrustedHTML|trusted/i.test(message.text())) wrong.push(`${message.page()?.url()}: ${message.text()}`);
  });
  return context;
}

/** Runs axe through the debugger, which the policy does not stop. */
async function violations(context, page) {
  const debug = await context.newCDPSession(page);
  await debug.send("Runtime.evaluate", { expression: axe });
  const expression = `axe.run(document, {runOnly: ${JSON.stringify(tags)}}).then(found => JSON.stringify(found.violations.map(it =>
    it.id + " " + it.nodes.slice(0, 3).map(node => node.html.slice(0, 160)).join(" | "))))`;
  const { result } = await debug.send("Runtime.evaluate", { expression, awaitPromise: true });
  await debug.detach();
  return JSON.parse(result.value);
}

for (const colorScheme of ["light", "dark"]) {
  for (const width of (process.env.WIDTHS ?? "320,768,1280").split(",").map(Number)) {
    const context = await open({ viewport: { width, height: 900 }, colorScheme });
    const page = await context.newPage();
    const found = await page.goto(`${base}en/search?q=${q}`);
    const article = await page.locator(".hits a").first().getAttribute("href");
    if (!found.ok() || !article) throw new Error("no article to look at");
    for (const language of ["vi", "en"]) {
      for (const path of [...pages, article.replace(/^\/en\//, "")]) {
        await page.goto(`${base}${language}/${path}`);
        looked += 1;
        const where = `${language}/${decodeURIComponent(path)} ${width} ${colorScheme}`;
        const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        if (over > 0) wrong.push(`${where}: ${over} px too wide`);
        for (const violation of await violations(context, page)) wrong.push(`${where}: ${violation}`);
        if (pictures) await page.screenshot({ path: `${pictures}/${where.replace(/[^a-z0-9]+/gi, "-")}.png`, fullPage: true });
      }
    }
    await context.close();
  }
}

// What finds nothing wrong must be able to: a field without its label is found.
{
  const context = await open({});
  const page = await context.newPage();
  await page.goto(`${base}en/`);
  await page.locator("input[name=q]").evaluate(input => input.removeAttribute("aria-label"));
  if ((await violations(context, page)).length === 0) wrong.push("axe does not see a field without a label");
  await context.close();
}

// Without scripts the same text is there.
const [plain, full] = [await open({ javaScriptEnabled: false }), await open({})];
for (const path of pages) {
  const texts = [];
  for (const context of [plain, full]) {
    const page = await context.newPage();
    await page.goto(`${base}en/${path}`);
    texts.push(await page.locator("main").innerText());
    await page.close();
  }
  const bare = texts.map(text => text.replace(/PNG|Copy|[ ·\s]/g, ""));
  if (bare[0] !== bare[1]) wrong.push(`${path}: another text without scripts`);
}

// The keyboard alone: skip link, query, answer, first article.
const page = await full.newPage();
await page.goto(`${base}en/`);
await page.keyboard.press("Tab");
if (await page.evaluate(() => document.activeElement.className) !== "skip") wrong.push("the first stop is not the skip link");
for (let stops = 0; stops < 40 && await page.evaluate(() => document.activeElement.name) !== "q"; stops++) await page.keyboard.press("Tab");
await page.keyboard.type("hộ nghèo");
await page.keyboard.press("Enter");
await page.waitForURL(/search\?q=/);
for (let stops = 0; stops < 300 && !await page.evaluate(() => document.activeElement.closest(".hits")); stops++) await page.keyboard.press("Tab");
await page.keyboard.press("Enter");
await page.waitForURL(/article/);
if (await page.locator("mark").count() === 0) wrong.push("no hit is marked in the article");

// Print and picture.
await page.goto(`${base}en/search?q=${q}`);
if ((await page.pdf()).length < 5000) wrong.push("printing gives nothing");
const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "PNG" }).click()]);
if (fs.statSync(await download.path()).size < 2000) wrong.push("the picture is empty");

await browser.close();
server.kill("SIGTERM");
console.log(`${looked} pages looked at; ${wrong.length} wrong`);
for (const line of new Set(wrong)) console.log(`  ${line}`);
process.exit(wrong.length ? 1 : 0);
