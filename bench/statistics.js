/** The lower quartile and the median. */
export function quartiles(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor((sorted.length - 1) * share)];
  return [at(0.25), at(0.5)];
}
