import type { HeatmapDriver } from "../heatmap_driver.ts";
import { KEY, QUERY } from "./places.ts";

const NOT_RESTORED =
  "The experiment could not be loaded: what is shown goes by the definition. Load the page again.";

/** What the link names, else what was used last, as text; empty for the definition. */
function rememberedText(inLink: boolean): string {
  const named = inLink ? new URLSearchParams(location.search).get(QUERY) : null;
  if (named !== null) return named;
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return ""; // storage is refused in some private windows
  }
}

/**
 * Puts the experiment of the link, else the last one, in force. The code that reads it is fetched only
 * when there is one.
 *
 * @param inLink Whether this page keeps it in its link.
 */
export async function restoreExperiment(driver: HeatmapDriver, inLink: boolean): Promise<void> {
  const text = rememberedText(inLink);
  if (text === "") return;
  const code = await import("./on_demand.ts").catch(() => null);
  if (code !== null) driver.setParameters(code.readParameters(text));
  // Signals go by the definition then, as without an experiment.
  else driver.state.notice.value = { text: NOT_RESTORED, field: null };
}
