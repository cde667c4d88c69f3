-- Without the program there is one message, no error, and :checkhealth says the same.
local seeing = require('seeing')

if vim.lsp.enable then
  vim.lsp.enable('reportls', false)
end
require('reportls').setup({ cmd = { 'no-such-program' } })
seeing.wait_for_message('the program `no-such-program` is not there: install it with `pipx install')
vim.fn.writefile({ '# Notes' }, 'notes.md')
vim.cmd.edit('notes.md')
local _, times = seeing.messages():gsub('is not there', '')
seeing.equal(1, times)
vim.cmd.checkhealth('reportls')
local text = seeing.text()
assert(text:find('no-such-program', 1, true) and text:find('pipx install', 1, true), text)
