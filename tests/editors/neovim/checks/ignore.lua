-- Ignoring a rule edits a file that is not shown: a message says to save it, and then the finding is gone.
local seeing = require('seeing')

seeing.wait_for_findings()
seeing.go_to('40-80 words')
vim.lsp.buf.code_action({
  apply = true,
  filter = function(action)
    return action.title:find('Ignore answer-too-short', 1, true) ~= nil
  end,
})
seeing.wait_for_message('save reportls.toml to ignore answer-too-short')
seeing.equal('40-80 words', seeing.found()['answer-too-short'])
vim.cmd.wall()
seeing.wait_until_gone('answer-too-short')
