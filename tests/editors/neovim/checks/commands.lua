-- The commands go to a question, list what is left, tick a task and check everything.
local seeing = require('seeing')

seeing.wait_for_status('6/10 passed')
vim.cmd.ReportlsNext()
seeing.wait('the cursor at question 8', function()
  local row = vim.api.nvim_win_get_cursor(0)[1]
  return 99 <= row and row <= 107
end, function()
  return vim.api.nvim_win_get_cursor(0)
end)

vim.cmd.ReportlsStatus()
local list = vim.fn.getloclist(0, { title = true, items = true })
seeing.equal('reportls: 6/10 passed', list.title)
seeing.equal({ 46, 99, 111, 123 }, vim.tbl_map(function(item)
  return item.lnum
end, list.items))
assert(list.items[2].text:find('^question 8: not answered'), list.items[2].text)
vim.cmd.lclose()

seeing.go_to('* [ ] Take')
vim.cmd.ReportlsToggleTask()
seeing.wait('a ticked task', function()
  return seeing.text():find('* [x] Take it down', 1, true)
end)
vim.api.nvim_win_set_cursor(0, { 1, 0 })
vim.cmd.ReportlsToggleTask()
seeing.wait_for_message('there is no task on this line')

vim.cmd.ReportlsCheckAll()
seeing.wait_for_message('1 report: ')
