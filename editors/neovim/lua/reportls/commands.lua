---The commands that a Markdown buffer gets while the server looks after it.
local preview = require('reportls.preview')
local server = require('reportls.server')
local status = require('reportls.status')

local M = {}

---How long a server may take to end before it is made to, in milliseconds.
local PATIENCE = 3000
local INTERVAL = 50

---@param buffer integer
---@return any[] the arguments of commands that work at the cursor
local function here(buffer)
  local client = server.client(buffer)
  local params = vim.lsp.util.make_position_params(0, client and client.offset_encoding or 'utf-16')
  return { params.textDocument.uri, params.position }
end

---@param buffer integer
local function next_unanswered(buffer)
  server.execute(buffer, 'reportls.nextUnanswered', here(buffer), function(place)
    if not place then
      server.say(status.of(buffer) and 'every question is answered' or 'this file is not a report')
    end
  end)
end

---@param buffer integer
local function toggle_task(buffer)
  server.execute(buffer, 'reportls.toggleTask', here(buffer), function(edit)
    if not edit then
      server.say('there is no task on this line')
    end
  end)
end

---@param buffer integer
local function check_all(buffer)
  server.execute(buffer, 'reportls.checkAll', {})
end

---@param buffer integer
local function show_status(buffer)
  local now = status.of(buffer)
  if not now then
    server.say('this file is not a report')
    return
  end
  if now.error then
    server.say('the check crashes: ' .. now.error, vim.log.levels.WARN)
  end
  local items = status.items(buffer)
  vim.fn.setloclist(0, {}, ' ', { title = 'reportls: ' .. status.in_words(buffer), items = items })
  if #items > 0 then
    vim.cmd.lopen()
  else
    vim.cmd.lclose()
    server.say(status.in_words(buffer))
  end
end

---@param clients vim.lsp.Client[]
---@param patience integer milliseconds
---@param on_ended fun()
local function when_ended(clients, patience, on_ended)
  local left = vim.tbl_filter(function(client)
    return vim.lsp.get_client_by_id(client.id) ~= nil
  end, clients)
  if #left == 0 then
    on_ended()
    return
  end
  if patience <= 0 then
    server.stop(left, true)
  end
  vim.defer_fn(function()
    when_ended(left, patience - INTERVAL, on_ended)
  end, INTERVAL)
end

local function restart()
  local clients = vim.lsp.get_clients({ name = server.NAME })
  server.stop(clients, false)
  when_ended(clients, PATIENCE, server.start_all)
end

---Gives a buffer the commands.
---@param buffer integer
function M.create(buffer)
  local function create(name, run, description)
    vim.api.nvim_buf_create_user_command(buffer, name, function()
      run(buffer)
    end, { desc = description })
  end
  create('ReportlsNext', next_unanswered, 'Go to the next unanswered question')
  create('ReportlsStatus', show_status, 'List the questions that still need work')
  create('ReportlsPreview', preview.show, 'Show the hand-in page in the browser')
  create('ReportlsToggleTask', toggle_task, 'Tick the task on this line, or untick it')
  create('ReportlsCheckAll', check_all, 'Check all reports of this project')
  create('ReportlsRestart', restart, 'Start the language server again')
end

return M
