-- The server can be started again, and again; edits in between count.
local seeing = require('seeing')

local function restart_and_see()
  local before = seeing.client().id
  vim.cmd.ReportlsRestart()
  seeing.wait('another client', function()
    local client = vim.lsp.get_clients({ bufnr = 0, name = 'reportls' })[1]
    return client and client.id ~= before
  end)
  seeing.wait_for_findings()
  seeing.wait_for_status('6/10 passed')
end

seeing.wait_for_status('6/10 passed')
restart_and_see()
seeing.go_to('figures/Temperature.png')
seeing.press('xi😀T<Esc>')
seeing.wait_until_gone('image-case-mismatch')
seeing.press('u')
restart_and_see()
