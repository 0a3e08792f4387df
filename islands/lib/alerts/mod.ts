export { RulesGate } from "./RulesGate.tsx";
export { AlertDesk, type TextStore } from "./alert_desk.ts";
export { notify, ring } from "./bell.ts";
