-- The help has its tags, and each command and function is in it.
local plugin = vim.env.REPORTLS_PLUGIN
local help = vim.fn.tempname()
vim.fn.mkdir(help .. '/doc', 'p')
assert(vim.uv.fs_copyfile(plugin .. '/doc/reportls.txt', help .. '/doc/reportls.txt'))
vim.cmd.helptags(help .. '/doc')
vim.opt.runtimepath:append(help)
local tags = { 'reportls', 'reportls-install', 'reportls.setup()', 'reportls.statusline()', 'g:reportls_inlay_hints' }
for _, command in ipairs({ 'Next', 'Status', 'Preview', 'ToggleTask', 'CheckAll', 'Restart' }) do
  table.insert(tags, ':Reportls' .. command)
end
for _, tag in ipairs(tags) do
  vim.cmd.help(tag)
end
