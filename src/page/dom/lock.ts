/**
 * What is shut once the worker runs, and could not be before: Firefox would not start the worker under the second
 * policy. A hash in `script-src` would let requests out whose `integrity` equals it, so no script may come
 * after ours. The ways of WebRTC are under no policy in Chromium; here they are under the sandbox, and by name gone.
 */
const SHUT =
  "default-src 'none'; script-src 'none'; worker-src 'none'; connect-src 'none'; style-src 'unsafe-inline'";

export function lock(): void {
  const meta = document.createElement("meta");
  meta.httpEquiv = "Content-Security-Policy";
  meta.content = SHUT;
  document.head.append(meta);
  for (const name of [
    "RTCPeerConnection",
    "webkitRTCPeerConnection",
    "RTCDataChannel",
    "WebTransport",
  ]) {
    Reflect.deleteProperty(globalThis, name);
  }
}

/** The policies of the page as the browser was told them: that of the file, and the one that was added. */
export function policies(): readonly string[] {
  return [...document.querySelectorAll("meta[http-equiv='Content-Security-Policy']")].map(
    (meta) => meta.getAttribute("content") ?? "",
  );
}
