import type { ComponentChildren } from "preact";

/** What a status line says of one thing. */
interface StatusItemProps {
  readonly label: string;
  readonly warn?: boolean;
  readonly children: ComponentChildren;
}

/** One figure of a status line, with its name before it. */
export function StatusItem({ label, warn = false, children }: StatusItemProps) {
  return (
    <span class={warn ? "item warn" : "item"}>
      <span class="name">{label}</span> <span class="mono">{children}</span>
    </span>
  );
}
