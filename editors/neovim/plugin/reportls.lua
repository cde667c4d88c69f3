if vim.g.loaded_reportls then
  return
end
vim.g.loaded_reportls = true

-- Neovim 0.10 has no `vim.lsp.enable`: there, users call `setup()` themselves.
if vim.fn.has('nvim-0.11') == 1 then
  require('reportls').setup()
end
