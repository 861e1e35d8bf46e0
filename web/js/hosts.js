// Hosts as people read them, by the rules of feeds/address (ShowHost), with which a golden file holds this equal. The loader fetches it
// where an answer has names in Punycode.

/**
 * Decodes what follows "xn--", "" where it is no Punycode. Source: RFC 3492, section 6.2; the names of variables are those of the RFC.
 * @param {string} coded
 */
function decoded(coded) {
  const dash = coded.lastIndexOf("-");
  const out = [...coded.slice(0, Math.max(dash, 0))];
  let [n, i, bias, at] = [128, 0, 72, dash > 0 ? dash + 1 : 0];
  while (at < coded.length) {
    const before = i;
    for (let w = 1, k = 36; ; k += 36) {
      const digit = (parseInt(/** @type {string} */ (coded[at++]), 36) + 26) % 36;
      if (isNaN(digit)) return "";
      i += digit * w;
      const t = Math.min(Math.max(k - bias, 1), 26);
      if (digit < t) break;
      w *= 36 - t;
    }
    const points = out.length + 1;
    let delta = Math.floor((i - before) / (before ? 2 : 700));
    delta += Math.floor(delta / points);
    for (bias = 0; delta > 455; bias += 36) delta = Math.floor(delta / 35);
    bias += Math.floor((36 * delta) / (delta + 38));
    n += Math.floor(i / points);
    if (n > 0x10ffff) return "";
    out.splice((i %= points), 0, String.fromCodePoint(n));
    i++;
  }
  return out.join("");
}

// isReadable reports that a label may be shown: what it is of is written together, and can't be mistaken for a Latin name.
const isReadable = (/** @type {string} */ label) =>
  label === label.toLowerCase() &&
  !/^[-\d]*\p{M}|(?![\u0900-\u2fff\u0590-\u06ff])\p{M}|^[-\d\p{M}a-zасԁеһіјӏорԗԛѕԝхуъьҽпгѵѡүαικνορτυχωγ]*$/u.test(label) &&
  [
    ..."Hira}ー〆\\p{sc=Kana Hang Bopo".split(" ").map((name) => name + "}\\p{sc=Han}a-zß-öø-ĲĴ-ķĹ-ĿŁ-ňŊ-žƠ-ơƯ-ưǍ-ǔȘ-țǦ-ǩḀ-ẙẜ-ỿ"),
    ..."Cyrl Grek Arab Hebr Thai Deva Beng Taml Telu Gujr Guru Knda Mlym Orya Sinh Geor Armn Khmr Laoo Mymr Ethi Tibt".split(" ").map((name) => name + "}\\p{sc=Zinh}"),
  ].some((set) => new RegExp(`^(?:[-\\d]|(?=[\\p{L}\\p{M}])[\\p{sc=${set}])+$`, "u").test(label));

/**
 * Writes a host as people read it: labels in Punycode in their own script, where no other name can be mistaken for them.
 * @param {string} host
 */
export const shownHost = (host) =>
  host.replace(/(^|\.)xn--([a-z\d-]{1,63})(?=[.:]|$)/g, (all, dot, coded) => {
    const label = decoded(coded);
    return isReadable(label) ? dot + label : all;
  });

Object.assign(globalThis.vitrine, { shownHost });
