// Reports full of attacks: their pages run nothing, load nothing and send nothing, whatever their reader does.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import { each, pagesOf } from "../attacks.mjs";
import { step } from "../browser.mjs";
import { handle, LEADING_AWAY, pressAll } from "../handling.mjs";

/** A server that has the pages and nothing else. */
async function serve(pages) {
  const byName = new Map(pages.map(({ path }) => [`/${basename(path)}`, path]));
  const server = createServer((request, response) => {
    const path = byName.get(request.url);
    if (path) {
      response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(readFileSync(path));
    } else {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, address: (path) => `http://127.0.0.1:${server.address().port}/${basename(path)}` };
}

/** All that is in the page that should not be. The course's page keeps styles, and nothing in them loads. */
function looked(kind) {
  const found = [];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      const isBad =
        element.localName !== "meta" &&
        (/^on|^srcdoc$|^action$|^target$|^ping$|^name$|:/i.test(name) ||
          (name === "style" && (kind !== "course" || /url|image|\\|position|@/i.test(value))) ||
          (name === "id" && kind === "course"));
      const isBadAddress =
        (name === "src" && !/^data:image\/(png|jpeg);base64,/.test(value) && !(kind === "course" && value === "data:,")) ||
        (name === "href" && !/^(https?:\/\/|mailto:|#)/i.test(value));
      if (isBad || isBadAddress) {
        found.push(`<${element.localName} ${name}="${value.slice(0, 100)}">`);
      }
    }
  }
  // The first line break in `pre` is no part of it, and is not written again.
  const written = document.body.innerHTML.replace(/(<pre[^>]*>)\n+/g, "$1");
  const copy = document.createElement("body");
  copy.innerHTML = written;
  // Chromium nests 512 elements; what is deeper it puts elsewhere, and each time it reads it.
  const depth = (element) => {
    let deep = 0;
    for (let outer = element; outer; outer = outer.parentElement) {
      deep += 1;
    }
    return deep;
  };
  const isDeep = [...document.querySelectorAll("*")].some((element) => depth(element) > 500);
  if (copy.innerHTML !== written && !isDeep) {
    found.push("it reads differently once it is copied");
  }
  // Names of the report's elements must hide no property.
  const { querySelectorAll } = Document.prototype;
  if (document.querySelectorAll !== querySelectorAll || !(document.body instanceof HTMLBodyElement)) {
    found.push("a name hides a property of the document");
  }
  const parts = document.querySelectorAll("body > main > section").length;
  const last = document.body.lastElementChild.localName;
  return { found, parts, last };
}

/** Opens a page of the program and does all to it. */
async function visit(browser, address, { attacks, kind, questions }, isHandled) {
  const watched = await browser.watched({ viewport: { width: 600, height: 400 } });
  const { page } = watched;
  try {
    await watched.goto(address);
    // The course's page is not divided into questions, and what is compared has the introduction as a section too.
    const wanted = { ours: [questions, "footer"], written: [questions + 1, "main"], course: [0, "main"] }[kind];
    const { found, parts, last } = await page.evaluate(looked, kind);
    assert.deepEqual({ found, parts, last }, { found: [], parts: wanted[0], last: wanted[1] });
    const own = await page.evaluateHandle(() => document);
    if (isHandled) {
      await handleAll(watched, address);
    }
    assert.ok(await own.evaluate((it) => it === document), "another page is shown");
  } catch (error) {
    error.message = `${address}\n${attacks.join("\n").slice(0, 5000)}\n${error.message}`;
    throw error;
  } finally {
    await watched.close();
  }
}

/** Does all that a reader can do. */
async function handleAll(watched, address) {
  await handle(watched);
  await watched.settle();
  assert.deepEqual(
    watched.unexpected(address).filter((event) => !event.startsWith(`navigation: ${address}#`)),
    [],
  );
  await pressLinks(watched);
}

/** Presses what leads away: that is asked for and nothing else, and here nothing lies there. */
async function pressLinks(watched) {
  const { page, context } = watched;
  watched.forget();
  await context.route(/^https?:/, (route) => route.fulfill({ status: 204 }));
  const links = await page.evaluate((wanted) => [...document.querySelectorAll(wanted)].map(String), LEADING_AWAY);
  await pressAll(page, LEADING_AWAY);
  await watched.settle();
  const wanted = new Set(links.map((link) => `request: GET ${link}`));
  // Chromium connects to where a link leads once it is pressed.
  assert.deepEqual(
    watched.events.filter((event) => !wanted.has(event)),
    [],
  );
}

const pages = pagesOf("safe");
const { server, address } = await serve(pages);
for (const kind of ["ours", "written", "course"]) {
  const some = pages.filter((page) => page.kind === kind);
  const count = some.reduce((sum, { attacks }) => sum + attacks.length, 0);
  // Every page is opened in both ways, and handled in one of them.
  await step(`${count} attacks do nothing from a file: ${kind}`, () =>
    each(some, (browser, page, index) => visit(browser, pathToFileURL(page.path).href, page, index % 2 === 0)),
  );
  await step(`${count} attacks do nothing from a server: ${kind}`, () =>
    each(some, (browser, page, index) => visit(browser, address(page.path), page, index % 2 === 1)),
  );
}
server.close();
