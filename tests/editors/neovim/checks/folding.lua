-- Questions fold from heading to end.
local seeing = require('seeing')

seeing.wait_for_findings()
if vim.lsp.foldexpr then
  vim.opt_local.foldlevel = 99
  vim.opt_local.foldmethod = 'expr'
  vim.opt_local.foldexpr = 'v:lua.vim.lsp.foldexpr()'
  seeing.wait('a fold', function()
    return vim.fn.foldlevel(20) > 0
  end)
  seeing.go_to('### Question 4')
  vim.cmd.foldclose()
  seeing.equal({ 46, 54 }, { vim.fn.foldclosed(48), vim.fn.foldclosedend(48) })
else
  local ranges = seeing.ask('textDocument/foldingRange', { textDocument = vim.lsp.util.make_text_document_params(0) })
  assert(vim.iter(ranges):any(function(range)
    return range.startLine == 45 and range.endLine == 53
  end), vim.inspect(ranges))
end
