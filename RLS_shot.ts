import { chromium } from "npm:playwright-core@^1.65";
const url = Deno.args[0]!, name = Deno.args[1]!;
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless","--no-sandbox","--disable-gpu","--disable-quic","--no-first-run","--disable-background-networking","--disable-component-update","--disable-sync"] });
for (const [w, h] of [[1440, 3100], [390, 6400]]) {
  const p = await b.newPage({ viewport: { width: w, height: h } });
  p.on("console", (m) => console.log(m.type(), m.text()));
  await p.goto(url); await p.waitForTimeout(1500);
  await p.screenshot({ path: `/tmp/RLS_${name}_${w}.png` });
  await p.screenshot({ path: `/tmp/RLS_${name}_${w}_full.png`, fullPage: true });
  console.log(w, await p.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.scrollHeight, document.body.scrollWidth, document.body.scrollHeight]));
  await p.close();
}
await b.close();
