import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe found wrong, as lines of "impact rule: element". */
export type AxeFindings = readonly string[];

/** Impacts that no page may have. */
const GRAVE: ReadonlySet<string> = new Set(["critical", "serious"]);

/** Tries the rules of WCAG 2 (A and AA) and axe's best practices on what a page shows; grave findings only. */
export async function graveFindings(page: Page): Promise<AxeFindings> {
  // Through the debugger, as the page's policy runs no script from elsewhere.
  if (!await page.evaluate(() => "axe" in globalThis)) await page.evaluate(axe.source);
  const violations = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as { axe: typeof import("axe-core") };
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    return violations.map(({ id, impact, nodes }) => ({
      id,
      impact: impact ?? "",
      nodes: nodes.map(({ html, failureSummary }) => `${html.slice(0, 160)} ${failureSummary}`),
    }));
  });
  return violations.filter(({ impact }) => GRAVE.has(impact))
    .flatMap(({ id, impact, nodes }) =>
      nodes.slice(0, 4).map((node) => `${impact} ${id}: ${node}`)
    );
}
