-- A figure that is added beside the report takes its warning away, without an edit.
local seeing = require('seeing')

seeing.wait_for_findings()
assert(seeing.found()['image-case-mismatch'])
local changes = vim.b.changedtick
assert(vim.uv.fs_copyfile('figures/temperature.png', 'figures/Temperature.png'))
seeing.wait_until_gone('image-case-mismatch')
seeing.equal(changes, vim.b.changedtick)

vim.uv.fs_unlink('figures/wiring.png')
seeing.wait('image-not-found', function()
  return seeing.found()['image-not-found'] == 'figures/wiring.png'
end, seeing.found)
