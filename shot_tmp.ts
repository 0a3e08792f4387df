import { chromium } from "playwright-core";
const [url, name, w, h, wait] = Deno.args;
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless","--no-sandbox","--disable-gpu","--disable-quic","--no-first-run","--disable-background-networking","--disable-component-update","--disable-sync"]});
const p = await b.newPage({ viewport: { width: +w, height: +h } });
await p.goto(url); await p.waitForTimeout(+(wait ?? 3000)); await p.screenshot({ path: `/tmp/TEL_${name}.png` , fullPage: false}); await b.close();
