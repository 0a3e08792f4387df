import { avroContract } from "./avro.ts";
import { lakeCatalogText, registryText, streamCatalogText } from "./catalog.ts";
import { LAKE } from "./registry.ts";

/** Every document of `docs/contracts/`, its text by its name. */
export function contractDocuments(): ReadonlyMap<string, string> {
  const contracts = [...LAKE.values()].map(({ key, table }) =>
    [`${key}.avsc`, avroContract(table)] as const
  );
  return new Map([
    ...contracts,
    ["datasets.json", registryText()],
    ["futures_data.json", lakeCatalogText()],
    ["frontend_data.json", streamCatalogText()],
  ]);
}
