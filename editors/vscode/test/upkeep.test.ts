import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import { Upkeep } from "../src/upkeep.js";

const QUIET_IN_MS = 300;

/** Something to keep up to date, and a clock that stands until it is set forward. */
class Sight {
  isSeen = true;
  refreshed = 0;
  private finish: (() => void) | undefined;
  readonly upkeep: Upkeep;

  constructor(isSlow = false) {
    const refresh = async (): Promise<void> => {
      this.refreshed += 1;
      if (isSlow) {
        await new Promise<void>((resolve) => (this.finish = resolve));
      }
    };
    this.upkeep = new Upkeep(refresh, () => this.isSeen, QUIET_IN_MS);
  }

  async wait(milliseconds: number): Promise<void> {
    mock.timers.tick(milliseconds);
    await setImmediate();
  }

  async finished(): Promise<void> {
    this.finish?.();
    await setImmediate();
  }
}

/** Nothing is done for what is out of sight, however long; once it is in sight again, it is. */
async function assertWaitsUntilSeen(sight: Sight): Promise<void> {
  await sight.wait(QUIET_IN_MS);
  assert.equal(sight.refreshed, 0);
  sight.isSeen = true;
  sight.upkeep.look();
  await sight.wait(QUIET_IN_MS);
  assert.equal(sight.refreshed, 1);
}

test.beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
test.afterEach(() => mock.timers.reset());

test("many changes are shown once, a while after the last", async () => {
  const sight = new Sight();
  for (let change = 0; change < 5; change += 1) {
    sight.upkeep.changed();
    await sight.wait(QUIET_IN_MS - 1);
  }
  assert.equal(sight.refreshed, 0);
  await sight.wait(1);
  assert.equal(sight.refreshed, 1);
  await sight.wait(10 * QUIET_IN_MS);
  assert.equal(sight.refreshed, 1);
});

test("what is not seen waits until it is", async () => {
  const sight = new Sight();
  sight.isSeen = false;
  sight.upkeep.changed();
  await assertWaitsUntilSeen(sight);
});

test("what goes out of sight before its time waits as well", async () => {
  const sight = new Sight();
  sight.upkeep.changed();
  sight.isSeen = false;
  await assertWaitsUntilSeen(sight);
});

test("nothing is done for what has not changed", async () => {
  const sight = new Sight();
  sight.upkeep.look();
  await sight.wait(QUIET_IN_MS);
  assert.equal(sight.refreshed, 0);
});

test("changes while it is slow are shown once it is done, all at once", async () => {
  const sight = new Sight(true);
  sight.upkeep.changed();
  await sight.wait(QUIET_IN_MS);
  for (let change = 0; change < 3; change += 1) {
    sight.upkeep.changed();
    await sight.wait(QUIET_IN_MS);
  }
  assert.equal(sight.refreshed, 1);
  await sight.finished();
  await sight.wait(QUIET_IN_MS);
  assert.equal(sight.refreshed, 2);
  await sight.finished();
  await sight.wait(QUIET_IN_MS);
  assert.equal(sight.refreshed, 2);
});

test("nothing is done once it is over", async () => {
  const sight = new Sight();
  sight.upkeep.changed();
  sight.upkeep.stop();
  await sight.wait(QUIET_IN_MS);
  assert.equal(sight.refreshed, 0);
});
