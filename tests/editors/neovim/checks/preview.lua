-- The hand-in page is opened in the browser, follows each save, and is not made twice.
local seeing = require('seeing')

local opened = {}
vim.ui.open = function(address)
  table.insert(opened, address)
end

---The page to read, as a browser gets it.
local function page()
  local program = 'import sys, urllib.request; print(urllib.request.urlopen(sys.argv[1]).read().decode())'
  local answer = vim.system({ 'python', '-c', program, opened[1] .. 'ours' }, { text = true }):wait()
  assert(answer.code == 0, answer.stderr)
  return answer.stdout
end

seeing.wait_for_findings()
vim.cmd.ReportlsPreview()
vim.cmd.ReportlsPreview()
seeing.wait('a page', function()
  return opened[1]
end, seeing.messages)
assert(opened[1]:find('^http://127%.0%.0%.1:%d+/'), opened[1])
assert(page():find('Cloud Nine', 1, true), page())

vim.cmd.ReportlsPreview()
seeing.equal({ opened[1], opened[1] }, opened)

vim.cmd('%s/Cloud Nine/Cloud Ten/')
vim.cmd.write()
seeing.wait('the saved words in the page', function()
  return page():find('Cloud Ten', 1, true)
end)

-- What goes wrong is said.
local file = vim.api.nvim_buf_get_name(0)
vim.cmd.file('elsewhere.md')
vim.cmd.ReportlsPreview()
seeing.wait_for_message('save the file first')
vim.fn.writefile({ '# No report' }, 'list.md')
require('reportls.preview').show(vim.fn.bufadd('list.md'))
seeing.wait_for_message('list.md: no report')
vim.cmd.file(file)
