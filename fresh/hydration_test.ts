import { deepStrictEqual, match, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest } from "../jobs/testing/browser.ts";
import { fixtureApp } from "./testdata/app.ts";

async function open(
  page: Page,
  path: string,
  test: (warnings: readonly string[]) => Promise<void>,
): Promise<void> {
  const handler = (await fixtureApp()).handler();
  const server = Deno.serve({ port: 0, onListen: () => {} }, handler);
  const refused: string[] = [];
  const warnings: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") refused.push(message.text());
    if (message.type() === "warning") warnings.push(message.text());
  });
  try {
    await page.goto(`http://localhost:${server.addr.port}${path}`);
    await page.waitForSelector("html[data-ready]");
    await test(warnings);
    deepStrictEqual(refused, []); // such as scripts that the policy blocked
  } finally {
    await page.goto("about:blank");
    await server.shutdown();
  }
}

browserTest(
  "boot() hydrates islands, and one signal moves every island it was given to",
  (page) =>
    open(page, "/", async () => {
      const counters = page.locator("button.counter");
      for (const i of [0, 1, 2]) await counters.nth(i).click();
      await page.getByText("count 12").first().waitFor();
      deepStrictEqual(await counters.allInnerTexts(), ["count 4", "count 12", "count 12"]);
    }),
);

browserTest(
  "boot() hydrates an island with the islands that it draws itself",
  (page) =>
    open(page, "/nested", async () => {
      const counters = page.locator(".pair .counter");
      await counters.nth(1).click();
      await page.getByText("count 31").waitFor();
      deepStrictEqual(await counters.allInnerTexts(), ["count 20", "count 31"]);
    }),
);

browserTest(
  "boot() revives every kind of prop and islands beside their routes",
  (page) =>
    open(page, "/nested", async () => {
      const expected = [
        true,
        "1970-01-01t00:00:00.000z",
        "42",
        [["a", 1]],
        ["</script>"],
        [1, 255],
        true,
        true,
        "example.com",
        "2026-01-06",
      ];
      await page.locator("output.show", { hasText: "1970" }).waitFor();
      deepStrictEqual(JSON.parse(await page.locator("output.show").innerText()), expected);
      await page.locator("button.local").click();
      await page.locator("button.local", { hasText: "on" }).waitFor();
    }),
);

browserTest(
  "boot() warns of an island that is badly nested, and hydrates the others",
  (page) =>
    open(page, "/broken", async (warnings) => {
      await page.locator("button.counter", { hasText: "count 40" }).click();
      await page.getByText("count 41").waitFor();
      strictEqual(warnings.length, 1);
      match(warnings[0] ?? "", /badly nested: "fresh:island:/);
    }),
);

browserTest(
  "boot() lets islands mark the links that they draw",
  (page) =>
    open(page, "/links", async () => {
      const link = page.locator(".late a");
      strictEqual(await link.count(), 0);
      await page.getByRole("button", { name: "more" }).click();
      strictEqual(await link.getAttribute("aria-current"), "page");
    }),
);
