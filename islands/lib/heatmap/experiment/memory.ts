import type { SignalParameters } from "../../../../engine/signals/mod.ts";
import { parametersText } from "./parameter_text.ts";
import { KEY, QUERY } from "./places.ts";

/** Keeps an experiment for the next visit, and in the link when this page has one. */
export function rememberParameters(parameters: SignalParameters, inLink: boolean): void {
  const text = parametersText(parameters);
  try {
    if (text === "") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, text);
  } catch {
    // storage is refused in some private windows; the choice then lasts as long as the page
  }
  if (!inLink) return;
  const url = new URL(location.href);
  if (text === "") url.searchParams.delete(QUERY);
  else url.searchParams.set(QUERY, text);
  history.replaceState(history.state, "", url);
}
