-- The quick fix that adds a figure changes the text and the verdict.
local seeing = require('seeing')

seeing.wait_for_findings()
seeing.wait_for_status('6/10 passed')
seeing.go_to('figure.')
vim.lsp.buf.code_action({
  apply = true,
  filter = function(action)
    return action.title:lower():find('insert figures/temperature.png', 1, true) ~= nil
  end,
})
seeing.wait('the figure in the text', function()
  return seeing.text():find('](figures/temperature.png)', 1, true)
end, seeing.text)
seeing.wait_until_gone('too-few-images')
seeing.wait_for_status('7/10 passed')
