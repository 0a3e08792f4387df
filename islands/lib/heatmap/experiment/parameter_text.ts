import { DEFAULT_PARAMETERS, type SignalParameters } from "../../../../engine/signals/mod.ts";
import { changedNames, fitValue, parameterInfo, withValue } from "./parameter_info.ts";

/** What differs from the definition, as `name:value,name:value`; empty for the definition itself. */
export function parametersText(parameters: SignalParameters): string {
  return changedNames(parameters).map((name) => `${name}:${parameters[name]}`).join(",");
}

/** Parameters from such a text. Unknown names and what is no number are left out, the rest is fitted. */
export function readParameters(text: string): SignalParameters {
  let parameters = DEFAULT_PARAMETERS;
  for (const part of text.split(",").slice(0, 64)) {
    const [name = "", value = ""] = part.split(":");
    const info = parameterInfo(name);
    if (info === null || value.trim() === "") continue;
    const fitted = fitValue(info, Number(value));
    if (fitted !== null) parameters = withValue(parameters, info.name, fitted);
  }
  return parameters;
}
