---The hand-in page in the browser: `reportls preview` as a job of Neovim's, which ends with it.
local server = require('reportls.server')

local M = {}

---Where the page of each report is, once that is known.
---@type table<string, { address?: string, said: string }>
local running = {}

---@param path string
---@return string[]
local function command(path)
  local result = {}
  local configured = server.config().cmd
  for _, word in ipairs(type(configured) == 'table' and configured or { 'reportls' }) do
    if word == 'serve' then
      break
    end
    table.insert(result, word)
  end
  return vim.list_extend(result, { 'preview', path, '--no-open' })
end

---@param address string
local function open(address)
  local _, problem = vim.ui.open(address)
  local level = problem and vim.log.levels.WARN or vim.log.levels.INFO
  server.say(('%s: %s'):format(problem and 'open this in a browser' or 'the page follows each save', address), level)
end

---@param path string
---@param lines string[]
local function on_output(path, lines)
  local page = running[path]
  page.said = page.said .. table.concat(lines, '\n')
  local address = not page.address and page.said:match('(http://%S+)\n')
  if address then
    page.address = address
    open(address)
  end
end

---@param path string
---@param errors string[]
---@param code integer
local function on_end(path, errors, code)
  running[path] = nil
  -- An interrupt, 130, is how a preview usually ends.
  if code ~= 0 and code ~= 130 then
    local words = vim.trim(table.concat(errors, '\n')):gsub('^error: ', '')
    server.say(words ~= '' and words or ('the preview has ended with %d'):format(code), vim.log.levels.WARN)
  end
end

---@param path string
local function start(path)
  running[path] = { said = '' }
  local errors = {}
  local is_started, problem = pcall(vim.fn.jobstart, command(path), {
    on_stdout = function(_, lines)
      on_output(path, lines)
    end,
    on_stderr = function(_, lines)
      vim.list_extend(errors, lines)
    end,
    on_exit = function(_, code)
      -- Neovim ends its jobs when it is left, and nobody is there to read of it.
      on_end(path, errors, vim.v.exiting == vim.NIL and code or 0)
    end,
  })
  if not is_started then
    running[path] = nil
    server.say(tostring(problem), vim.log.levels.WARN)
  end
end

---Shows the hand-in page of a report in the browser; if it is shown already, once more.
---@param buffer integer
function M.show(buffer)
  local path = vim.api.nvim_buf_get_name(buffer)
  if vim.fn.filereadable(path) == 0 then
    server.say('save the file first', vim.log.levels.WARN)
  elseif not running[path] then
    start(path)
  elseif running[path].address then
    open(running[path].address)
  end
end

return M
