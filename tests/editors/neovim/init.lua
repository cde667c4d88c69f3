-- What a user's own init.lua would hold who has no plugin manager.
vim.opt.runtimepath:append(vim.env.REPORTLS_PLUGIN)
vim.opt.swapfile = false
vim.opt.termguicolors = true
vim.opt.signcolumn = 'yes'
vim.opt.statusline = "%f %{%v:lua.require'reportls'.statusline()%}"
vim.diagnostic.config({ virtual_text = true })
if vim.fn.has('nvim-0.11') == 0 then
  require('reportls').setup()
end
