---What the server said last of each report.
local M = {}

---@class reportls.Question
---@field number? integer
---@field line integer from 0
---@field missing string[]

---@class reportls.Status
---@field uri string
---@field passed? integer nil if the check crashes
---@field total? integer nil if the file is no report any more
---@field error? string
---@field unanswered reportls.Question[]
---@field failing reportls.Question[]
---@field handIn? string what is handed in now, in words

---@type table<integer, reportls.Status>
local known = {}

---Newer versions of Neovim keep a null of the protocol as a value of its own.
---@generic T: table
---@param object T
---@return T
local function without_nulls(object)
  local result = {}
  for name, value in pairs(object) do
    if type(value) == 'table' then
      result[name] = without_nulls(value)
    elseif value ~= vim.NIL then
      result[name] = value
    end
  end
  return result
end

---Takes in what the server says; runs the `User` autocommands for `ReportlsStatus`.
---@param status reportls.Status
function M.update(status)
  status = without_nulls(status)
  local buffer = vim.uri_to_bufnr(status.uri)
  known[buffer] = status.total and status or nil
  vim.cmd.redrawstatus({ bang = true })
  vim.api.nvim_exec_autocmds('User', { pattern = 'ReportlsStatus', data = { buf = buffer, status = status } })
end

---Forgets what was said of a buffer, because nobody keeps it up to date any more.
---@param buffer integer
function M.forget(buffer)
  known[buffer] = nil
end

---The last that was said of a buffer.
---@param buffer integer
---@return reportls.Status? nil if it is no report
function M.of(buffer)
  return known[buffer]
end

---How the report in a buffer stands.
---@param buffer integer
---@return string words such as `6/10 passed`; empty if it is no report
function M.in_words(buffer)
  local status = known[buffer]
  if not status then
    return ''
  end
  return status.passed and ('%d/%d passed'):format(status.passed, status.total) or 'check crashes'
end

---@param buffer integer
---@param question reportls.Question
---@param kind 'E' | 'I'
---@param words string[]
local function item(buffer, question, kind, words)
  local name = question.number and ('question %d'):format(question.number) or 'before the first question'
  local text = ('%s: %s'):format(name, table.concat(vim.list_extend(words, question.missing), '; '))
  return { bufnr = buffer, lnum = question.line + 1, col = 1, type = kind, text = text }
end

---The questions of a report that still need work, as entries of a location list, in the order of the report.
---@param buffer integer
---@return vim.quickfix.entry[]
function M.items(buffer)
  local status = known[buffer]
  local items = {}
  for _, question in ipairs(status and status.unanswered or {}) do
    table.insert(items, item(buffer, question, 'I', { 'not answered' }))
  end
  for _, question in ipairs(status and status.failing or {}) do
    table.insert(items, item(buffer, question, 'E', {}))
  end
  table.sort(items, function(first, second)
    return first.lnum < second.lnum
  end)
  return items
end

return M
