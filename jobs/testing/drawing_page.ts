import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
const ORIGIN = "http://drawing.test/";

/** One pixel as the canvas holds it, each channel 0 to 255, colours not multiplied by alpha. */
export type Rgba = readonly [number, number, number, number];

/**
 * Opens a page with nothing but the design tokens and one canvas, `#canvas`, in which files of `islands/`
 * can be imported: `import("/chart_view.js")` for `islands/lib/chart/chart_view.ts`.
 *
 * @param files Paths from the root of the project; their names differ.
 */
export async function openDrawingPage(page: Page, files: readonly string[]): Promise<void> {
  const css = await Deno.readTextFile(`${ROOT}static/css/tokens.css`);
  const html = `<!doctype html><style>${css}</style><canvas id="canvas"></canvas>`;
  await page.route(ORIGIN, (route) => route.fulfill({ contentType: "text/html", body: html }));
  for (const file of files) {
    const name = file.split("/").at(-1)?.replace(/\.tsx?$/, ".js");
    const body = await bundle(ROOT + file);
    await page.route(
      `${ORIGIN}${name}`,
      (route) => route.fulfill({ contentType: "text/javascript", body }),
    );
  }
  await page.goto(ORIGIN);
}

async function bundle(path: string): Promise<string> {
  const result = await Deno.bundle({ entrypoints: [path], platform: "browser", write: false });
  const [file] = result.outputFiles ?? [];
  if (!result.success || file === undefined) {
    throw new Error(`Cannot bundle "${path}": ${result.errors.map(({ text }) => text).join(", ")}`);
  }
  return file.text();
}

/** What a canvas shows. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  /** The pixel at a place, in the canvas's own pixels. */
  at(x: number, y: number): Rgba;
}

/** Takes what a canvas shows now. */
export async function pictureOf(page: Page, selector: string): Promise<Picture> {
  const { width, height, text } = await page.evaluate((selector) => {
    const canvas = document.querySelector<HTMLCanvasElement>(selector)!;
    const { width, height } = canvas;
    const { data } = canvas.getContext("2d")!.getImageData(0, 0, width, height);
    let binary = "";
    for (let i = 0; i < data.length; i += 8_192) {
      binary += String.fromCharCode(...data.subarray(i, i + 8_192));
    }
    return { width, height, text: btoa(binary) }; // plain arrays take a hundred times as long
  }, selector);
  const bytes = Uint8Array.fromBase64(text);
  return {
    width,
    height,
    at: (x, y) => {
      const i = 4 * (y * width + x);
      return [bytes[i] ?? 0, bytes[i + 1] ?? 0, bytes[i + 2] ?? 0, bytes[i + 3] ?? 0];
    },
  };
}

/** The colour of a design token as a canvas paints it. */
export async function inkOf(page: Page, token: string): Promise<Rgba> {
  return await page.evaluate((token) => {
    const pen = new OffscreenCanvas(1, 1).getContext("2d")!;
    const style = getComputedStyle(document.documentElement);
    pen.fillStyle = style.getPropertyValue(`--${token}`).trim();
    pen.fillRect(0, 0, 1, 1);
    const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
    return [r!, g!, b!, a!] as const;
  }, token);
}

/** Whether a pixel is of an ink, faint or not: what a thin or translucent line leaves is less opaque. */
export function isInk(pixel: Rgba, ink: Rgba, leastAlpha = 40): boolean {
  const isNear = (i: 0 | 1 | 2) => Math.abs(pixel[i] - ink[i]) <= 14;
  return pixel[3] >= leastAlpha && isNear(0) && isNear(1) && isNear(2);
}
