import { define } from "../../define.ts";

export default define.layout(({ Component, state }) => (
  <div class="admin" data-trail={state.trail.join(" ")}>
    <Component />
  </div>
));
