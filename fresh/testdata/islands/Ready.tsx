import { useEffect } from "preact/hooks";

/** Tells tests that the islands of the page are alive: its effects run after those drawn before. */
export default function Ready() {
  useEffect(() => {
    document.documentElement.dataset.ready = "yes";
  }, []);
  return null;
}
