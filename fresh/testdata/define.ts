import { createDefine } from "fresh";

/** What the middlewares of the fixture share. */
export interface State {
  trail: string[];
}

/** Typed helpers of the fixture. */
export const define = createDefine<State>();
