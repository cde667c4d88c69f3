-- A figure is renamed on the disk and in the text.
local seeing = require('seeing')

seeing.wait_for_findings()
seeing.go_to('figures/wiring.png')
vim.lsp.buf.rename('plan-🌦.png')
seeing.wait('the file under its new name', function()
  return vim.uv.fs_stat('figures/plan-🌦.png')
end)
seeing.equal(nil, (vim.uv.fs_stat('figures/wiring.png')))
seeing.wait('the new name in the text', function()
  return not seeing.text():find('wiring.png', 1, true)
end, seeing.text)
seeing.wait('no finding about it', function()
  return not seeing.found()['image-not-found']
end, seeing.found)
