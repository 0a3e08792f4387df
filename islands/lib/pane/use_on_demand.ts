import { useEffect, useState } from "preact/hooks";

/** A module that is fetched when it is wanted: there, under way, or why it cannot be had. */
export interface OnDemand<Module> {
  /** Null until it has come. */
  readonly module: Module | null;
  readonly problem: string | null;
}

/**
 * Fetches code when it is first wanted, and again when that failed and it is wanted anew.
 *
 * @param load A dynamic import, which the bundler splits off.
 */
export function useOnDemand<Module>(
  load: () => Promise<Module>,
  isWanted = true,
): OnDemand<Module> {
  const [state, setState] = useState<OnDemand<Module>>({ module: null, problem: null });
  useEffect(() => {
    if (!isWanted || state.module !== null) return;
    setState({ module: null, problem: null });
    load().then(
      (module) => setState({ module, problem: null }),
      (error: unknown) => setState({ module: null, problem: String(error) }),
    );
  }, [isWanted]);
  return state;
}
