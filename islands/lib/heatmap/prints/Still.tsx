import { Component, type ComponentChildren } from "preact";

/** Keeps the hands of the renderer off what the painter draws. */
export class Still extends Component<{ readonly children: ComponentChildren }> {
  override shouldComponentUpdate(): boolean {
    return false;
  }

  override render(): ComponentChildren {
    return this.props.children;
  }
}
