import { DEFAULT_PARAMETERS, type SignalParameters } from "../../../engine/signals/mod.ts";
import { parametersText, readParameters } from "./parameter_text.ts";

const KEY = "lotus.experiment";
const QUERY = "experiment";

/**
 * The experiment that the link names, else the one used last, else the definition.
 *
 * @param inLink Whether this page keeps it in its link.
 */
export function rememberedParameters(inLink: boolean): SignalParameters {
  const named = inLink ? new URLSearchParams(location.search).get(QUERY) : null;
  if (named !== null) return readParameters(named);
  try {
    return readParameters(localStorage.getItem(KEY) ?? "");
  } catch {
    return DEFAULT_PARAMETERS; // storage is refused in some private windows
  }
}

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
