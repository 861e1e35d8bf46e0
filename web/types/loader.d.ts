// What the scripts of web/js share with each other, with Go's wasm_exec.js and with the program (app/browser, feeds/fetch).

/** What the program reads and sets on globalThis.vitrine. */
interface Vitrine {
  /** The path of the site, "/" or "/reader/". */
  base: string;
  /** The name of this build's files. */
  version: string;
  /** The interface's language, as the message files name it. */
  lang: string;
  /** The message file of that language, as JSON; empty until it was fetched. */
  words: string;
  /** What the build says of the site (build/site, about), as JSON; empty until it was fetched. */
  site: string;
  /** The address of the icons. */
  icons: string;
  /** The loader's requests by URL; nobody has read the bodies. The program takes each out when it wants it. */
  early: Map<string, Promise<Response>>;
  /** Where localStorage has the reader's settings. */
  settingsKey: string;
  /** What the shell's own script has read and begun, for the loader. */
  shell: unknown;
  /** Is called once the program's first screen stands. */
  ready(): void;
  /** Stores the first screen of a view; without a tree it forgets it. */
  keepFront(view: string, host: string, tree: string): void;
  /** Forgets the fronts of a host, or all. */
  clearFronts(host?: string): Promise<unknown>;
  /** Writes a host as people read it; there once hosts.js was loaded. */
  shownHost?: (host: string) => string;
  /** What the program's own script draws with (draw.js). */
  drawing: Drawing;
  /** Draws what stands in an element (draw.js); there once that script was loaded. */
  draw?: (host: Element, message: string) => void;
  /** Notes the reader's language and its table of words, which sentences has by key. */
  hear?: (lang: string, table: string) => void;
  sentences?: Record<string, string>;
  /** What was brought from elsewhere and the program has not taken yet (brought.js). */
  brought?: unknown[];
  /** Loads what turns the page into another language, "" for the browser's, and answers with its table of words (draw.js, speak.js). */
  speak?: (chosen: string) => Promise<string | undefined>;
  /** Does so; there once that script was loaded (speak.js). */
  speaking?: (chosen: string) => Promise<string>;
  /** Turns what the build has written on the page into a language; there once that script was loaded (speak.js). */
  translate?: (lang: string) => void;
  /** Loads what makes QR codes, and makes that of a text (draw.js, qr.js). */
  qr?: (text: string) => Promise<{ size: number; path: string }>;
  /** Draws the formulas in an element (math.js); there once that script was loaded. */
  formulas?: (host: Element) => Promise<void>;
  /** Loads what speaks to the browser's own translator, and has it do something (draw.js, translator.js). */
  translator?: (what: string, ...of: any[]) => Promise<unknown>;
  /** What it can do (translator.js); there once that script was loaded. */
  translators?: Record<string, (...of: any[]) => Promise<unknown>>;
  /** Makes the QR code of a text (qr.js); there once that script was loaded. */
  code?: (text: string) => { size: number; path: string };
  /** The addresses of the scripts that are loaded when they are wanted (build/site writes them before draw.js). */
  scripts?: Record<string, string>;
  /** Loads what steers players, and does what is asked with the player of a medium of a post (draw.js, film.js). */
  player?: (key: string, index: number, act: string, number: number) => Promise<void>;
  /** Does so; there once that script was loaded (film.js). */
  film?: (key: string, index: number, act: string, number: number) => void;
  /** Plays a playlist in a player; there once that script was loaded (stream.js). */
  stream?: (player: HTMLVideoElement, playlist: string, failed: () => void) => void;
  /** Draws another view, fading to it; there once extras.js was loaded (turn.js). */
  turn?: (draw: (drawn: () => void) => void) => void;
  /** Draws, and slides what moved to its new place; there once extras.js was loaded (glide.js). */
  glide?: (host: Element, draw: () => void) => void;
  /** Makes a conversation's page long enough to begin at the post that it was opened for, and returns that where it isn't the first (front.js). */
  room: (main: HTMLElement) => Element | null;
  /** Reports which rows come near the screen or leave it; the program sets it. */
  chunks?: IntersectionObserver;
  /** Reports places near the screen that are filled only then. */
  places?: IntersectionObserver;
  /** The same of the end of a list. */
  end?: IntersectionObserver;
  /** Lets an address of this site start a script. */
  scriptURL(url: string): unknown;
  /** Is fulfilled once no worker runs beside the page. */
  alone: Promise<void>;
  /** Is fulfilled once what a view's start calls is compiled, where that is done beside the page. */
  rehearsed: Promise<void>;
  /** The worker that runs beside the page, where there is one (background.js). */
  background?: Worker;
  /** In that worker: tells the page how far it is. */
  tell?: (what: "started" | "rehearsed") => void;
  /** The program's memory, for the benchmarks. */
  memory?: WebAssembly.ExportValue;
  /** Applies a new version of the site; there while one waits. */
  update?: () => void;
  /** Whether what is followed is refreshed while no page is open; null where the browser can't. "on" and "off" change it. */
  sync?: (wish: string) => Promise<boolean | null>;
  /** In the service worker: the program refreshes what is followed once, and ends. */
  once?: true;
  /** Asks the service worker; null where there is none, or it doesn't answer. */
  tellWorker?: (type: string) => Promise<unknown>;
}

declare var vitrine: Vitrine;
declare var goappGetenv: (name: string) => string;

/** Go's own script defines it. */
declare const Go: undefined | (new () => { importObject: WebAssembly.Imports; run(program: WebAssembly.Instance): Promise<void> });

interface Window {
  trustedTypes?: {
    createPolicy(name: string, rules: { createScriptURL(text: string): string }): { createScriptURL(text: string): unknown };
  };
}

/** A text, or an element with its attributes and children. Children that are false, empty or missing are left out. */
type Tree = string | TreeElement;
type TreeElement = [tag: string, attributes: Record<string, string | number> | 0, ...children: Child[]];
type Child = Tree | false | undefined | null | 0 | "";

/** How single nodes and attributes are made (tree.js). */
interface Drawing {
  makeNode(tree: Tree, space?: string): Node;
  setAttribute(element: Element, name: string, value: string | number): void;
}

/** A tree that was drawn. */
type Drawn = TreeElement & {
  /** Its name on the page, if it is a keyed part. */
  key?: string;
  /** Of rows that are drawn and folded away together: what they are called in events, */
  chunk?: string;
  /** and the pixels they had, 0 where they are drawn. */
  height?: number;
  /** Such rows stand in it. */
  folds?: boolean;
};

/** What the page tells the worker beside it: one of them at a time. */
interface ToBackground {
  /** The addresses of Go's own script and of the program. It begins with that. */
  files?: { exec: string; program: string };
  /** The network may be used for the program. */
  wanted?: true;
  handed?: Handed;
  /** What became of a wish for a large file. */
  large?: Large;
}

/** What the worker beside the page wants of a large file, and the page's answer (large.js). */
interface Large {
  url: string;
  bytes?: number;
  /** It isn't wanted any more. */
  stop?: boolean;
  /** The browser loads it by itself. */
  begun?: boolean;
}

/** How the browser's own loading of a file ended, as the service worker tells it. */
interface Ended {
  url: string;
  result: "come" | "failed" | "stopped";
}

/** What the program is told of globalThis.vitrine, in the worker too. */
type Handed = Pick<Vitrine, "base" | "version" | "icons" | "words" | "site">;

/** What the worker tells the page: one of them at a time. */
interface FromBackground {
  /** The name of a lock that it holds while it lives. */
  alive?: string;
  module?: WebAssembly.Module;
  /** Its own program has begun. */
  started?: true;
  /** What a start calls was called. */
  rehearsed?: true;
  /** Why it ends. */
  failed?: string;
  large?: Large;
}

/** The reader's settings that the loader heeds (app/state). Anybody may have written them. */
interface Settings {
  theme?: unknown;
  serif?: unknown;
  textSize?: number;
  language?: string;
  hideBoosts?: boolean;
  dataSaver?: boolean;
}

/** What a view's first requests are, and what they were sent for (early.js). */
type FirstRequests = { host: string; asked: Promise<Response> } & (
  | { kind: "profile"; api: string }
  | { kind: "server"; about: Promise<Response> | false; describe: () => Promise<Response> }
  | { kind: "tag"; tag: string }
  | { kind: "post"; around: Promise<Response> }
);

/** What the build writes into the attributes of the shell's script (build/site, boot). */
interface Config {
  later: string;
  program: string;
  site: string;
  worker?: string;
  icons: string;
  hosts: string;
  draw: string;
  qr: string;
  speak: string;
  extras: string;
  exec: string;
  background: string;
  locales: string;
  said: string;
  blocked?: string;
}

/** Words for a time, as app/words has them: four for a post's time, four for a front's age, then days and months. */
type AgoWords = [string, string, string, string, string, string, string, string, day: string, dayWithYear: string, months: string[]];

/** What the loader says (app/words, First). */
interface FirstWords {
  dir: string;
  ago: AgoWords;
  text: Record<string, string>;
  months: string[];
}

/** The first screen of a view, as the database has it. */
interface Front {
  version: string;
  lang: string;
  host: string;
  tree: string;
  kept: number;
}

/** Where the reader was in a view: how far down, and at which post. */
interface Position {
  y?: number;
  u?: string;
  off?: number;
}

// What is read of Mastodon's entities. Source: https://docs.joinmastodon.org/entities/
interface Account {
  id: string;
  username: string;
  acct: string;
  url: string;
  display_name: string;
  note: string;
  avatar_static?: string;
  header_static?: string;
  fields?: { name: string; value: string; verified_at?: string | null }[];
  emojis?: CustomEmoji[];
  bot?: boolean;
  group?: boolean;
  created_at?: string;
  statuses_count?: number;
  followers_count?: number;
  following_count?: number;
}

interface CustomEmoji {
  shortcode: string;
  static_url?: string;
}

interface MediaAttachment {
  type: string;
  url: string;
  preview_url?: string;
  description?: string;
  meta?: { original?: { width?: number; height?: number } };
}

interface Status {
  id: string;
  uri: string;
  in_reply_to_id?: string | null;
  url?: string;
  created_at: string;
  account: Account;
  content: string;
  emojis?: CustomEmoji[];
  language?: string;
  spoiler_text?: string;
  sensitive?: boolean;
  media_attachments: MediaAttachment[];
  reblog?: Status | null;
}

interface Instance {
  title?: string;
  version?: string;
  source_url?: string;
  description?: string;
  thumbnail?: { url: string };
  icon?: { src: string; size?: string }[];
  usage?: { users?: { active_month?: number } };
  configuration?: { timelines_access?: Record<"live_feeds" | "hashtag_feeds" | "trending_link_feeds", { local?: string; remote?: string } | undefined> };
}

/** What the element says, by language (web/embed/post.js). */
interface Words {
  load: string;
  from: string;
  page: string;
  failed: string;
  boosted: string;
  asOf: string;
  one: string;
  many: string;
}

/** The element's words in the language of the page, and how times are written there. */
interface Said {
  say: Words;
  time(moment: number | string, id?: string): TreeElement;
}

/** The file tree.json of an official feed (build/snapshot/pages, feed.go). */
interface Copy {
  version: number;
  asOf: string;
  tree: TreeElement;
}

/** What the server of an account said, and when. */
interface Live {
  account: Account;
  posts: { at: number; node: TreeElement }[];
  handle: string;
  at: number;
}
