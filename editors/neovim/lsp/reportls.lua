---What Neovim needs to know of the server. Read by `vim.lsp.config` (0.11 and newer), or by `require('reportls').setup()`.
---@type vim.lsp.Config
return {
  cmd = { 'reportls', 'serve' },
  filetypes = { 'markdown', 'quarto', 'rmd' },
  root_markers = { '.git', 'reportls.toml' },
  capabilities = {
    workspace = {
      -- Neovim can do this, but does not say so; the server renames files only if it is told.
      workspaceEdit = { documentChanges = true },
      -- Neovim leaves this off on Linux; without it, an added figure would be noticed at the next save only.
      didChangeWatchedFiles = { dynamicRegistration = true, relativePatternSupport = true },
    },
  },
  handlers = {
    ['reportls/status'] = function(_, status)
      require('reportls.status').update(status)
    end,
  },
}
