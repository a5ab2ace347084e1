/** The HTML page in a real Chromium. `scripts/ensure-packages.sh` puts the browser there. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { chromium, type BrowserContext, type BrowserContextOptions, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { html } from "../../src/report/html.js";
import { contextOf, SAMPLES } from "./reports.js";

const BROWSER = process.env["CHROMIUM"] ?? "/usr/bin/chromium";
const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
/** Set to a folder to look at the pictures. */
const PICTURES = process.env["REPORT_PICTURES"];

const folder = mkdtempSync(join(tmpdir(), "report-"));
let browser: Awaited<ReturnType<typeof chromium.launch>>;

function pageFile(sample: string): string {
  const { report, sources } = SAMPLES[sample]?.() ?? { report: null, sources: {} };
  if (report === null) throw new Error(`no sample ${sample}`);
  const file = join(folder, `${sample}.html`);
  writeFileSync(file, html(report, contextOf({ report, sources })));
  return pathToFileURL(file).href;
}

interface Opened {
  page: Page;
  context: BrowserContext;
  /** Errors of the page and requests beyond the file itself. */
  complaints: string[];
}

async function open(sample: string, options: BrowserContextOptions = {}): Promise<Opened> {
  const url = pageFile(sample);
  const context = await browser.newContext({ viewport: { width: 1100, height: 900 }, ...options });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(error.message));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (request.url() !== url) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(url);
  return { page, context, complaints };
}

async function openAll(page: Page): Promise<void> {
  await page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true;");
}

async function picture(page: Page, name: string): Promise<void> {
  if (PICTURES === undefined) return;
  mkdirSync(PICTURES, { recursive: true });
  await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
}

beforeAll(async () => {
  if (!existsSync(BROWSER)) throw new Error(`${BROWSER} is missing: run scripts/ensure-packages.sh`);
  browser = await chromium.launch({
    executablePath: BROWSER,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}, 60_000);

afterAll(async () => {
  await browser.close();
  rmSync(folder, { recursive: true, force: true });
});

describe.each(Object.keys(SAMPLES))("the page of the %s report", (sample) => {
  test("loads nothing, throws nothing, says nothing on the console", async () => {
    const { page, context, complaints } = await open(sample);
    expect(await page.title()).toBe("Klaviyo scopes");
    expect(complaints).toEqual([]);
    await picture(page, `${sample}-light`);
    await context.close();
  });

  test.each(["light", "dark"] as const)("is accessible in %s mode", async (colorScheme) => {
    // axe is injected from outside the page, which its policy rightly forbids.
    const { page, context } = await open(sample, { colorScheme, bypassCSP: true });
    await openAll(page);
    await page.addScriptTag({ path: AXE });
    const violations = await page.evaluate(
      "axe.run().then((result) => result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join('; ')}`))",
    );
    expect(violations).toEqual([]);
    await picture(page, `${sample}-${colorScheme}-open`);
    await context.close();
  });

  test("fits a narrow screen without scrolling sideways", async () => {
    const { page, context } = await open(sample, { viewport: { width: 400, height: 800 } });
    await openAll(page);
    const overflow = await page.evaluate(
      "document.documentElement.scrollWidth - document.documentElement.clientWidth",
    );
    await picture(page, `${sample}-narrow`);
    expect(overflow).toBe(0);
    await context.close();
  });
});

describe("filters", () => {
  const shown = (page: Page): Promise<unknown> =>
    page.evaluate(
      "[...document.querySelectorAll('.matrix tbody')].filter((row) => row.checkVisibility()).map((row) => row.dataset.scope)",
    );

  test("a button keeps the rows of its kind and says how many", async () => {
    const { page, context } = await open("faulty");
    expect(await page.getByRole("status").textContent()).toBe("7 of 7 scopes shown");
    await page.getByRole("button", { name: "Needs attention" }).click();
    expect(await shown(page)).toEqual([
      "accounts:read",
      "events:write",
      "list:read",
      "metrics:read",
      "tags:read",
    ]);
    expect(await page.getByRole("status").textContent()).toBe("5 of 7 scopes shown");
    expect(await page.getByRole("button", { pressed: true }).allTextContents()).toEqual(["Needs attention"]);
    await context.close();
  });

  test("the search box narrows further", async () => {
    const { page, context } = await open("faulty");
    await page.getByRole("searchbox").fill("EVENTS");
    expect(await shown(page)).toEqual(["events:write"]);
    await context.close();
  });

  test("the keyboard is enough: filter, then open the evidence", async () => {
    const { page, context } = await open("faulty");
    const focused = (): Promise<string> => page.evaluate("document.activeElement.textContent.trim()");
    for (let press = 0; press < 20 && (await focused()) !== "Needed"; press += 1)
      await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await shown(page)).toEqual(["accounts:read", "events:write", "profiles:read"]);
    for (
      let press = 0;
      press < 20 && !(await focused()).startsWith("Evidence for events:write");
      press += 1
    ) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    const evidence = page.locator("details[open]");
    await evidence.first().waitFor({ timeout: 15_000 });
    expect(await evidence.count()).toBe(1);
    expect(await evidence.innerText()).toContain("create_event at src/sync.ts:4:9");
    await context.close();
  });
});

describe("diagram", () => {
  test("joins each request and operation with its scopes", async () => {
    const { page, context } = await open("faulty");
    // Four requested scopes of one list, and one scope for each of two operations.
    expect(await page.locator(".diagram path").count()).toBe(6);
    expect(await page.locator(".diagram g").count()).toBe(1 + 7 + 2);
    await context.close();
  });

  test("a scope leads to its row and opens the evidence", async () => {
    const { page, context } = await open("faulty");
    await page.getByRole("link", { name: "events:write" }).focus();
    await page.keyboard.press("Enter");
    const row = page.locator("tbody:target");
    expect(await row.getAttribute("data-scope")).toBe("events:write");
    // The page hears of the new address only after the key's own event.
    await row.locator("details[open]").waitFor({ timeout: 15_000 });
    await context.close();
  });
});

test("the data can be saved, and is the report", async () => {
  const { page, context } = await open("hostile");
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save the data as JSON" }).click();
  const saved: unknown = JSON.parse(readFileSync(await (await download).path(), "utf8"));
  expect(saved).toEqual(SAMPLES["hostile"]?.().report);
  await context.close();
});

test("hostile names stay text", async () => {
  const { page, context, complaints } = await open("hostile");
  expect(await page.title()).toBe("Klaviyo scopes");
  expect(await page.locator("img, svg[onload], b, body script:not([type])").count()).toBe(1); // our own script
  expect(await page.locator("h2").first().textContent()).toContain("<img src=x onerror=alert(1)>");
  expect(complaints).toEqual([]);
  await context.close();
});

test("it reads without its script", async () => {
  const { page, context } = await open("faulty", { javaScriptEnabled: false });
  await picture(page, "faulty-no-script");
  expect(await page.getByRole("group", { name: "Filter scopes" }).count()).toBe(0);
  await page.locator("summary", { hasText: "events:write" }).click();
  expect(await page.locator("details[open]").first().innerText()).toContain("create_event");
  await context.close();
});

test("printed, everything folded is open and the controls are gone", async () => {
  const { page, context } = await open("faulty");
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".filters").isVisible()).toBe(false);
  await page.getByText("it is a parameter that no known caller gives").waitFor({ timeout: 15_000 });
  await picture(page, "faulty-print");
  if (PICTURES !== undefined) await page.pdf({ path: join(PICTURES, "faulty.pdf"), format: "A4" });
  await context.close();
});
