---Starts the language server for Markdown files. What is a report, and what is wrong with it, the server alone knows.
local server = require('reportls.server')

local M = {}

---@param buffer integer
local function attach(buffer)
  if not server.is_installed() then
    server.say_how_to_install()
    return
  end
  server.start(buffer)
end

---@param event { buf: integer, data: { client_id: integer } }
local function on_attach(event)
  local client = vim.lsp.get_client_by_id(event.data.client_id)
  if not client or client.name ~= server.NAME then
    return
  end
  require('reportls.commands').create(event.buf)
  if vim.g.reportls_inlay_hints ~= false then
    vim.lsp.inlay_hint.enable(true, { bufnr = event.buf })
  end
end

---@param event { buf: integer, data: { client_id: integer } }
local function on_detach(event)
  local client = vim.lsp.get_client_by_id(event.data.client_id)
  if client and client.name == server.NAME then
    require('reportls.status').forget(event.buf)
  end
end

---Has the server started for every Markdown file. Called by the plugin itself on Neovim 0.11 and newer; there, call it
---only to change something. On 0.10, call it once.
---@param options? vim.lsp.Config fields to change, such as `cmd` or `settings`
function M.setup(options)
  server.configure(options or {})
  local group = vim.api.nvim_create_augroup('reportls', {})
  vim.api.nvim_create_autocmd('LspAttach', { group = group, callback = on_attach })
  vim.api.nvim_create_autocmd('LspDetach', { group = group, callback = on_detach })
  vim.api.nvim_create_autocmd('FileType', {
    group = group,
    pattern = server.config().filetypes,
    callback = function(event)
      attach(event.buf)
    end,
  })
  for _, buffer in ipairs(server.buffers()) do
    attach(buffer)
  end
end

---How the report in the current window stands, for a status line.
---@return string words such as `6/10 passed`; empty if the file is no report
function M.statusline()
  return require('reportls.status').in_words(vim.api.nvim_win_get_buf(vim.g.statusline_winid or 0))
end

return M
