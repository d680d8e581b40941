/**
 * Tries to send something, to show that it cannot be sent. The name is one that no server can ever have
 * (RFC 2606), so even without a policy nothing would arrive.
 */

/** @returns the directive that refused it; undefined where nothing did */
export function tryToSend(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const refused = (event: SecurityPolicyViolationEvent) => resolve(event.effectiveDirective);
    document.addEventListener("securitypolicyviolation", refused, { once: true });
    const settle = () => setTimeout(() => resolve(undefined), 500);
    fetch("https://example.invalid/", { mode: "no-cors" }).then(settle, settle);
  });
}
