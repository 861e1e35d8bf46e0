// What the server of rehearsal.js answers: JSON, for a test of app/page reads it too.

export default {
  "account": {
    "id": "1", "username": "ada", "acct": "ada", "display_name": "Ada :lamp:", "url": "https://rehearsal.invalid/@ada", "uri": "https://rehearsal.invalid/users/ada",
    "created_at": "2026-01-02T03:04:05.000Z", "note": "<p>Hello</p>", "bot": false, "group": false, "avatar": "", "avatar_static": "", "header": "", "header_static": "",
    "followers_count": 1, "following_count": 1, "statuses_count": 1, "fields": [], "emojis": [{ "shortcode": "lamp", "url": "https://rehearsal.invalid/lamp.png", "static_url": "https://rehearsal.invalid/lamp.png" }]
  },
  "posts": [
    { "content": "<p>One <a href=\"https://rehearsal.invalid/tags/tea\" class=\"mention hashtag\" rel=\"tag\">#<span>tea</span></a> and <strong>two</strong>,<br>three <a href=\"https://example.com/a?b=c&amp;d\" rel=\"nofollow noopener\" target=\"_blank\"><span class=\"invisible\">https://</span><span class=\"ellipsis\">example.com/a</span><span class=\"invisible\">?b=c</span></a></p><p>Four :lamp: &amp; <span class=\"h-card\"><a href=\"https://rehearsal.invalid/@ada\" class=\"u-url mention\">@<span>ada</span></a></span></p>",
      "tags": [{ "name": "tea", "url": "https://rehearsal.invalid/tags/tea" }], "mentions": [{ "id": "1", "username": "ada", "acct": "ada", "url": "https://rehearsal.invalid/@ada" }] },
    { "content": "<p>A picture</p><blockquote><p>said <em>so</em> in <code>code</code></p></blockquote><ul><li>a</li><li>b</li></ul>", "language": "de",
      "media_attachments": [
        { "id": "1", "type": "image", "url": "https://rehearsal.invalid/a.jpg", "preview_url": "https://rehearsal.invalid/a-small.jpg", "description": "A cup", "blurhash": "UAKl9@0000M{~qRj9FWB00WB-;of", "meta": { "original": { "width": 1200, "height": 800 }, "focus": { "x": 0.1, "y": 0.2 } } },
        { "id": "2", "type": "video", "url": "https://rehearsal.invalid/b.mp4", "preview_url": "https://rehearsal.invalid/b.jpg", "description": null, "meta": { "original": { "width": 640, "height": 360, "duration": 12.5 } } }
      ] },
    { "content": "<p>A question</p>", "spoiler_text": "Weather", "sensitive": true, "edited_at": "2026-02-03T05:05:06.000Z",
      "poll": { "id": "1", "expires_at": "2026-02-04T04:05:06.000Z", "expired": true, "multiple": false, "votes_count": 3, "voters_count": 3, "options": [{ "title": "Sun", "votes_count": 2 }, { "title": "Rain", "votes_count": 1 }], "emojis": [] } },
    { "content": "<p>A link</p>",
      "card": { "url": "https://example.com/", "title": "A page", "description": "What it says", "type": "link", "provider_name": "Example", "image": "https://rehearsal.invalid/c.jpg", "width": 400, "height": 200 } }
  ],
  "instance": {
    "domain": "rehearsal.invalid", "title": "Rehearsal", "version": "4.5.0", "source_url": "https://github.com/mastodon/mastodon", "description": "None",
    "usage": { "users": { "active_month": 1 } }, "thumbnail": { "url": "https://rehearsal.invalid/d.jpg" }, "languages": ["en"], "rules": [{ "id": "1", "text": "One" }],
    "configuration": { "timelines_access": { "live_feeds": { "local": "public", "remote": "public" } } }, "registrations": { "enabled": true }
  },
  "nodeinfo": { "version": "2.0", "software": { "name": "mastodon", "version": "4.5.0" }, "protocols": ["activitypub"], "usage": { "users": { "total": 1 } }, "openRegistrations": true }
};
