import { useEffect } from "preact/hooks";

/**
 * Adds the name of an island to `data-islands` of the document once the island has come to life.
 * Until then what it draws is the server's picture, and nobody hears a click on it.
 */
export function useAlive(name: string): void {
  useEffect(() => {
    const { dataset } = document.documentElement;
    dataset["islands"] = `${dataset["islands"] ?? ""} ${name}`.trim();
  }, []);
}
