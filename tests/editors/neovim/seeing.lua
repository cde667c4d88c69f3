---What a check sees of the editor. Everything is waited for, up to a deadline.
local M = {}

local DEADLINE = 30000

---Waits until something holds; fails if it does not come about.
---@generic T
---@param what string what is waited for
---@param is_so fun(): T?
---@param now? fun(): any what there is instead, for the message
---@return T what was found
function M.wait(what, is_so, now)
  local found
  local came = vim.wait(DEADLINE, function()
    found = is_so()
    return found and true or false
  end, 20)
  assert(came, 'it did not come: ' .. what .. (now and '; there is ' .. vim.inspect(now()) or ''))
  return found
end

---Fails if two values differ.
---@param wanted any
---@param found any
function M.equal(wanted, found)
  assert(vim.deep_equal(wanted, found), ('wanted %s, found %s'):format(vim.inspect(wanted), vim.inspect(found)))
end

---The words under a diagnostic.
---@param diagnostic vim.Diagnostic
---@return string
function M.words(diagnostic)
  local row, last = diagnostic.lnum, diagnostic.end_lnum
  return table.concat(vim.api.nvim_buf_get_text(0, row, diagnostic.col, last, diagnostic.end_col, {}), '\n')
end

---The words under the diagnostic of each rule.
---@return table<string, string>
function M.found()
  local found = {}
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    found[diagnostic.code] = M.words(diagnostic)
  end
  return found
end

---Waits until the sample has been judged.
function M.wait_for_findings()
  M.wait('the findings of the sample', function()
    return M.found()['unanswered']
  end, M.found)
end

---Waits until a rule finds nothing any more.
---@param rule string
function M.wait_until_gone(rule)
  M.wait('no ' .. rule, function()
    return not M.found()[rule]
  end, M.found)
end

---Waits until the report stands so.
---@param words string
function M.wait_for_status(words)
  local statusline = require('reportls').statusline
  M.wait(words, function()
    return statusline() == words
  end, statusline)
end

---Puts the cursor on the first character of a text.
---@param text string
function M.go_to(text)
  for row, line in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, true)) do
    local column = line:find(text, 1, true)
    if column then
      vim.api.nvim_win_set_cursor(0, { row, column - 1 })
      return
    end
  end
  error('not in the report: ' .. text)
end

---Presses keys, as a user would.
---@param keys string with `<CR>` and the like
function M.press(keys)
  vim.api.nvim_feedkeys(vim.keycode(keys), 'mtx', false)
end

---The text of the buffer.
---@return string
function M.text()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n')
end

---The text of the floating window, once there is one.
---@return string
function M.floating_text()
  local window = M.wait('a floating window', function()
    return vim.iter(vim.api.nvim_list_wins()):find(function(window)
      return vim.api.nvim_win_get_config(window).relative ~= ''
    end)
  end)
  return table.concat(vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, -1, true), '\n')
end

---All messages so far.
---@return string
function M.messages()
  return vim.api.nvim_exec2('messages', { output = true }).output
end

---Waits for a message.
---@param text string a part of it
function M.wait_for_message(text)
  M.wait(text, function()
    return M.messages():find(text, 1, true)
  end, M.messages)
end

---The labels of the inlay hints.
---@return string[]
function M.hints()
  return vim.tbl_map(function(hint)
    local label = hint.inlay_hint.label
    return type(label) == 'string' and label or vim.iter(label):map(function(part)
      return part.value
    end):join('')
  end, vim.lsp.inlay_hint.get({ bufnr = 0 }))
end

---The client of this buffer.
---@return vim.lsp.Client
function M.client()
  return M.wait('a client', function()
    return vim.lsp.get_clients({ bufnr = 0, name = 'reportls' })[1]
  end)
end

---Asks the server, and waits for the answer.
---@param method string
---@param params? table without it, the place of the cursor
---@return any
function M.ask(method, params)
  local client = M.client()
  local given = params or vim.lsp.util.make_position_params(0, client.offset_encoding)
  local answer = assert(vim.lsp.buf_request_sync(0, method, given, DEADLINE))[client.id]
  assert(not answer.err, vim.inspect(answer.err))
  return answer.result
end

return M
