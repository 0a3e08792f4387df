import type { Signal } from "@preact/signals";
import type { ComponentChildren } from "preact";
import { Icon, type IconName } from "../../pane/mod.ts";

/** What the tabs are made with. */
export interface PictureTabsProps<Tab extends string> {
  readonly tab: Signal<Tab>;
  readonly tabs: readonly (readonly [Tab, label: string, icon: IconName])[];
  /** What stands after them. */
  readonly children?: ComponentChildren;
}

/** The panes of the narrow layout, within reach of a thumb. */
export function PictureTabs<Tab extends string>(
  { tab, tabs, children }: PictureTabsProps<Tab>,
) {
  return (
    <nav class="tabs" aria-label="Panes">
      {tabs.map(([own, label, icon]) => (
        <button
          key={own}
          type="button"
          aria-current={tab.value === own ? "page" : undefined}
          onClick={() => tab.value = own}
        >
          <Icon name={icon} />
          {label}
        </button>
      ))}
      {children}
    </nav>
  );
}
