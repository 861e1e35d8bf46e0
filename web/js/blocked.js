// What this site doesn't open, by the rules of feeds/blocklist.

import { config } from "./config.js";

/** Keys as feeds/blocklist writes them: "host", "*.host", "@user@host", the address of a post, "host/id". */
export const blocked = new Set(config.blocked?.split(" "));

/**
 * Reports a server, or somebody there, that isn't opened.
 * @param {string} host
 * @param {string} [user]
 */
export const isBlocked = (host, user) => blocked.has(host) || blocked.has(`@${user}@${host}`.toLowerCase()) || host.split(".").some((_, i, all) => blocked.has(`*.${all.slice(i + 1).join(".")}`));
