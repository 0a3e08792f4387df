export { RulesForm } from "./RulesForm.tsx";
export { AlertDesk, type TextStore } from "./alert_desk.ts";
export { notify, ring } from "./bell.ts";
