import { useOnDemand } from "../pane/mod.ts";
import type { AlertDesk } from "./alert_desk.ts";

/** The reader's rules; their code is fetched when they are first opened. */
export function RulesGate({ desk }: { readonly desk: AlertDesk }) {
  const { module, problem } = useOnDemand(() => import("./RulesForm.tsx"));
  if (module !== null) return <module.RulesForm desk={desk} />;
  return (
    <p class="tape-empty" role={problem === null ? "status" : "alert"}>
      {problem === null ? "Loading the rules…" : `The rules could not be loaded: ${problem}`}
    </p>
  );
}
