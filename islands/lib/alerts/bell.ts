import type { FiredRule } from "./alert_desk.ts";

let audio: AudioContext | null = null;

/** A short, quiet tone. Does nothing until the reader has touched the page, as browsers ask for it. */
export function ring(): void {
  audio ??= new AudioContext();
  const tone = audio.createOscillator();
  const level = audio.createGain();
  level.gain.value = 0.08;
  tone.frequency.value = 880;
  tone.connect(level).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.12);
}

/** Asks whether desktop notices may be shown. Resolves to the answer. */
export async function askForNotices(): Promise<boolean> {
  if (typeof Notification === "undefined") return false;
  return await Notification.requestPermission() === "granted";
}

/** Shows a desktop notice of a rule that rang. */
export function notify(fired: FiredRule): void {
  if (typeof Notification === "undefined" || Notification.permission !== "granted") return;
  new Notification(`${fired.symbol}: ${fired.rule}`, { tag: fired.alertId, silent: true });
}
