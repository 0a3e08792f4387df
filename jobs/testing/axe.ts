import axe from "axe-core";
import type { Locator, Page } from "playwright-core";

/** What axe found wrong, as lines of "impact rule: element". */
export type AxeFindings = readonly string[];

/** Impacts that no page may have. */
const GRAVE: ReadonlySet<string> = new Set(["critical", "serious"]);

/**
 * Tries the rules of WCAG 2 (A and AA) and axe's best practices on what a page shows; grave findings only.
 *
 * @param within Part of the page that is new since the whole was tried, which takes a second of processor
 * time; the whole page when omitted.
 */
export async function graveFindings(page: Page, within?: Locator): Promise<AxeFindings> {
  // Through the debugger, as the page's policy runs no script from elsewhere.
  if (!await page.evaluate(() => "axe" in globalThis)) await page.evaluate(axe.source);
  const part = await (within ?? page.locator(":root")).first().elementHandle();
  const violations = await page.evaluate(async (part) => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(part ?? document, { resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact: impact ?? "",
      nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`),
    }));
  }, part);
  return violations.filter(({ impact }) => GRAVE.has(impact))
    .flatMap(({ id, impact, nodes }) =>
      nodes.slice(0, 4).map((node) => `${impact} ${id}: ${node}`)
    );
}
