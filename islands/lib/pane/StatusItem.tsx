import type { ComponentChildren } from "preact";

/** A name and its value in a status bar. */
export function StatusItem(
  { label, warn = false, children }: {
    readonly label: string;
    readonly warn?: boolean;
    readonly children: ComponentChildren;
  },
) {
  return (
    <span class={warn ? "item warn" : "item"}>
      <span class="name">{label}</span> <span class="mono">{children}</span>
    </span>
  );
}
