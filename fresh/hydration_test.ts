import { deepStrictEqual, strictEqual } from "node:assert/strict";
import type { Page } from "playwright-core";
import { browserTest } from "../jobs/testing/browser.ts";
import { fixtureApp } from "./testdata/app.ts";

async function open(page: Page, path: string, test: () => Promise<void>): Promise<void> {
  const handler = (await fixtureApp()).handler();
  const server = Deno.serve({ port: 0, onListen: () => {} }, handler);
  const refused: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") refused.push(message.text());
  });
  try {
    await page.goto(`http://localhost:${server.addr.port}${path}`);
    await page.waitForSelector("html[data-fresh-ready]");
    await test();
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
  "boot() keeps server-drawn children, drawn or late, and the islands in them",
  (page) =>
    open(page, "/nested", async () => {
      const [first, second] = [page.locator(".box").nth(0), page.locator(".box").nth(1)];
      strictEqual(await first.locator("p.given").innerText(), "text <b> from the server");
      await first.locator(".counter").click();
      await first.getByText("count 6").waitFor();
      strictEqual(await second.locator(".inside").count(), 0);
      await second.locator(".toggle").click();
      await second.locator("em", { hasText: "late" }).waitFor();
      strictEqual(await second.locator("input").isDisabled(), true);
      await second.locator(".counter").click();
      await second.getByText("count 8").waitFor();
      await first.locator(".toggle").click();
      await first.locator(".inside").waitFor({ state: "detached" });
      await first.locator(".toggle").click();
      await first.locator("p.given").waitFor();
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
      ];
      await page.locator("output.show", { hasText: "1970" }).waitFor();
      deepStrictEqual(JSON.parse(await page.locator("output.show").innerText()), expected);
      await page.locator("button.local").click();
      await page.locator("button.local", { hasText: "on" }).waitFor();
    }),
);
