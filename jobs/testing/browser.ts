import { type Browser, chromium, type Page } from "playwright-core";

const SHELL = "/usr/bin/chromium-headless-shell";
/** The shell is the same engine without a desktop's browser around it, at a fraction of the work. */
const CHROMIUMS = [SHELL, "/usr/bin/chromium"];
const ARGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let launched: Promise<Browser> | null = null;
let isFirstSeen = false;

/**
 * Declares a test that gets a page of a real Chromium, with a profile of its own.
 *
 * One browser serves all tests of a file. An uncaught error in the page fails the test. Without
 * Chromium the test is skipped, unless the variable `LOTUS_REQUIRE` names `chromium`; then it fails.
 */
export function browserTest(name: string, fn: (page: Page) => Promise<void>): void {
  const executablePath = CHROMIUMS.find(exists);
  const isRequired = (Deno.env.get("LOTUS_REQUIRE") ?? "").includes("chromium");
  const ignore = executablePath === undefined && !isRequired;
  if (!isFirstSeen) {
    isFirstSeen = true;
    if (ignore) {
      console.log(`Skipping browser tests as there is no Chromium: ${CHROMIUMS.join(", ")}`);
    }
    Deno.test.afterAll(closeBrowser);
  }
  // The browser outlives a single test, so Deno would take its process for a leak.
  const options = { ignore, sanitizeOps: false, sanitizeResources: false };
  Deno.test(name, options, async () => {
    launched ??= chromium.launch({ executablePath: executablePath ?? SHELL, args: ARGS });
    const context = await (await launched).newContext();
    try {
      const page = await context.newPage();
      const errors: Error[] = [];
      page.on("pageerror", (error) => errors.push(error));
      await fn(page);
      if (errors.length > 0) throw errors[0];
    } finally {
      await context.close();
    }
  });
}

async function closeBrowser(): Promise<void> {
  const browser = await launched;
  launched = null;
  await browser?.close();
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path).isFile;
  } catch {
    return false;
  }
}
