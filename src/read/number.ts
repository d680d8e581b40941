/** Numbers as exact text. */

/**
 * A number without its exponent, digit for digit: "4.155552671E9" is "4155552671", "1.5e-3" is "0.0015".
 * Anything else is given back as it is. Never through a float that could change it.
 */
export function plainNumber(text: string): string {
  const match = /^([+-]?)(\d*)(?:\.(\d*))?[eE]([+-]?\d{1,4})$/.exec(text);
  if (match === null) return text;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return text;
  const digits = whole + fraction;
  const point = whole.length + Number(exponent);
  // 10^308 is the most a double holds; a longer text is not a number of a spreadsheet.
  if (Math.abs(point) > 400) return text;
  const padded = point > digits.length ? digits.padEnd(point, "0") : digits;
  const left = point > 0 ? padded.slice(0, point) : "";
  const right = point > 0 ? padded.slice(point) : "0".repeat(-point) + padded;
  const integer = left.replace(/^0+(?=\d)/, "") || "0";
  const decimals = right.replace(/0+$/, "");
  const result = decimals === "" ? integer : `${integer}.${decimals}`;
  return sign === "-" && result !== "0" ? `-${result}` : result;
}
