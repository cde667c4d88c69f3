-- Of a Markdown file that is no report, nothing is said.
local seeing = require('seeing')

seeing.wait_for_findings()
vim.fn.writefile({ '# Notes 😀', '', '### Question 1', '', '![no](such/image.png)' }, 'notes.md')
vim.cmd.edit('notes.md')
seeing.client()
vim.api.nvim_win_set_cursor(0, { 3, 5 })
seeing.equal(nil, seeing.ask('textDocument/hover'))
seeing.equal({}, seeing.found())
seeing.equal({}, seeing.hints())
seeing.equal('', require('reportls').statusline())
vim.cmd.ReportlsStatus()
seeing.wait_for_message('this file is not a report')
