import assert from "node:assert/strict";
import { test } from "node:test";
import { MOST_FILES, Room } from "../../web/src/wanted.js";

const full = () => {
  const room = new Room();
  for (let number = 0; number < MOST_FILES; number++) {
    assert.ok(room.takes(`figures/${number}.png`, 1));
  }
  return room;
};

test("there is room for 5,000 files, and again for each that is gone", () => {
  const room = full();
  assert.equal(MOST_FILES, 5000);
  assert.ok(!room.takes("figures/more.png", 1));
  room.free("figures/7.png");
  assert.ok(room.takes("figures/more.png", 1));
  assert.ok(!room.takes("figures/7.png", 1));
  room.free("figures");
  assert.ok(room.takes("figures/7.png", 1));
});

test("a file that changes takes no more room than its last content", () => {
  const room = full();
  for (let time = 0; time < 10; time++) {
    assert.ok(room.takes("figures/0.png", 200_000_000));
  }
});

test("there is room for 300 MB", () => {
  const room = new Room();
  assert.ok(room.takes("a.png", 200_000_000));
  assert.ok(!room.takes("b.png", 100_000_001));
  assert.ok(room.takes("b.png", 100_000_000));
  assert.ok(!room.takes("c.png", 1));
  assert.ok(room.takes("a.png", 1));
  assert.ok(room.takes("c.png", 1));
});

test("asking whether a file fits counts nothing, and what does not fit changes nothing", () => {
  const room = new Room();
  assert.ok(room.takes("a.png", 200_000_000));
  assert.ok(room.fits("a.png", 0));
  assert.ok(room.fits("b.png", 100_000_000));
  assert.ok(!room.takes("a.png", 300_000_001));
  assert.ok(!room.takes("b.png", 100_000_001));
});
