-- The findings can be had as a location list and as a quickfix list, at their places.
local seeing = require('seeing')

local function check(items)
  seeing.equal(8, #items)
  local item = vim.iter(items):find(function(each)
    return each.text:find('figures/temperature.png', 1, true)
  end)
  seeing.equal({ 69, 32, 'W' }, { item.lnum, item.col, item.type })
end

seeing.wait_for_findings()
vim.diagnostic.setloclist({ open = false })
check(vim.fn.getloclist(0))
vim.diagnostic.setqflist({ open = false })
check(vim.fn.getqflist())
